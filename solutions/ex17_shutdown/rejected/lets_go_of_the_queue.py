# expect: delivers_what_it_put failed items-lost-on-terminate
# expect: ends_when_idle failed items-lost-on-terminate
# expect: finishes_the_item_in_hand failed items-lost-on-terminate
# expect: second_signal_changes_nothing skipped -
# may: ends_with_1 failed items-lost-on-terminate
"""Wrong: does not wait for the results to be written."""

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
    results.cancel_join_thread()
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
