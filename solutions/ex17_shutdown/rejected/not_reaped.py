# expect: tells_finished failed zombie
# expect: stops_in_time failed zombie
"""Wrong: waits for the sentinel, and leaves the zombie to others."""

import queue
import signal
from multiprocessing.connection import wait


def stop(process, seconds):
    if wait([process.sentinel], 0):
        return "finished"
    process.terminate()
    if wait([process.sentinel], seconds):
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
