# expect: ends_with_1 failed -
"""Wrong: an exception of `work` ends the worker by force, and what was put before is lost."""

import os
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
        try:
            result = work(item)
        except Exception:
            os._exit(1)
        results.put(result)
