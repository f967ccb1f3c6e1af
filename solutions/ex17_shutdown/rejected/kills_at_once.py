# expect: stops_in_time failed -
# expect: kills_what_stays failed gives-up-early
# expect: stops_what_just_ends failed -
"""Wrong: sends SIGKILL without asking first."""

import queue
import signal


def stop(process, seconds):
    if not process.is_alive():
        return "finished"
    process.kill()
    process.join(seconds)
    return "killed" if process.exitcode == -9 else "stopped"


def run_worker(tasks, results, work):
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
