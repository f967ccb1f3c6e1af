# expect: puts_each_result hung -
"""Wrong: takes `None` for the end."""

import queue
import signal


def stop(process, seconds):
    if not process.is_alive():
        return "finished"
    process.terminate()
    process.join(seconds)
    if process.exitcode is not None:
        return "stopped"
    process.kill()
    process.join()
    return "killed"


def run_worker(tasks, results, work):
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        if item is None:
            return
        results.put(work(item))
