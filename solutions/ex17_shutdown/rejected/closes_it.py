# expect: prints_nothing failed -
# expect: tells_finished failed closed-not-yours
# expect: stops_in_time failed closed-not-yours
# expect: kills_what_stays failed closed-not-yours
# expect: stops_what_just_ends failed closed-not-yours
"""Wrong: closes the process object, and nobody can ask for the exit code any more."""

import queue
import signal


def stop(process, seconds):
    try:
        if not process.is_alive():
            return "finished"
        process.terminate()
        process.join(seconds)
        if process.exitcode is not None:
            return "stopped"
        process.kill()
        process.join()
        return "killed"
    finally:
        process.close()


def run_worker(tasks, results, work):
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
