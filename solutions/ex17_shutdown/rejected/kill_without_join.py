# expect: kills_what_stays failed zombie
"""Wrong: sends SIGKILL and does not wait for it: a zombie is left."""

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
