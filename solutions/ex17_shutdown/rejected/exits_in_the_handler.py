# expect: finishes_the_item_in_hand failed -
# expect: second_signal_changes_nothing skipped -
"""Wrong: the handler exits, also in the middle of an item."""

import signal
import sys


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
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    while True:
        results.put(work(tasks.get()))
