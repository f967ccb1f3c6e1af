# expect: second_signal_changes_nothing failed -
"""Wrong: the second signal is taken for impatience."""

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

    def handler(number, frame):
        if told:
            raise KeyboardInterrupt
        told.append(number)

    signal.signal(signal.SIGTERM, handler)
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
