# expect: finishes_the_item_in_hand failed -
# expect: ends_when_idle failed lost-item
# expect: second_signal_changes_nothing skipped -
"""Wrong: takes the next item before it works on this one: on SIGTERM, that one is lost."""

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
    told, ahead = [], []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        try:
            ahead.append(tasks.get(timeout=0.2))
            ahead.append(tasks.get(timeout=0.05))
        except queue.Empty:
            pass
        while ahead and not told:
            results.put(work(ahead.pop(0)))
