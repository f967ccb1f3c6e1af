# expect: kills_what_stays failed -
"""Wrong: waits for the end for as long as it takes."""

import queue
import signal


def stop(process, seconds):
    if not process.is_alive():
        return "finished"
    process.terminate()
    process.join()
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
