# expect: puts_each_result failed -
# expect: finishes_the_item_in_hand failed -
# expect: ends_when_idle failed -
# expect: delivers_what_it_put failed -
# expect: second_signal_changes_nothing skipped -
"""Wrong: exits with 128 + 15, as a shell would say it."""

import queue
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
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
    sys.exit(128 + signal.SIGTERM)
