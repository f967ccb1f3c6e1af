# expect: tells_finished failed -
"""Wrong: one that had ended with another code than 0 is not taken for finished."""

import queue
import signal


def stop(process, seconds):
    if process.exitcode == 0:
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
        results.put(work(item))
