# expect: finishes_the_item_in_hand failed -
# expect: second_signal_changes_nothing skipped -
"""Wrong: ends when it is told to and the queue is empty: it takes others."""

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
    while True:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            if told:
                return
            continue
        results.put(work(item))
