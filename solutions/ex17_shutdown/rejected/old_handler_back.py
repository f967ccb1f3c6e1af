# expect: second_signal_changes_nothing failed -
"""Wrong: gives the old handler back at the end, while the results are still being written."""

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
    before = signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    try:
        while not told:
            try:
                item = tasks.get(timeout=0.2)
            except queue.Empty:
                continue
            results.put(work(item))
    finally:
        signal.signal(signal.SIGTERM, before)
