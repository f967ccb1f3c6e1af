# expect: tells_finished failed -
# expect: stops_in_time failed -
# expect: stops_what_just_ends failed -
"""Wrong: asks the kernel for a sign of life: a zombie gives one, too."""

import os
import queue
import signal
import time


def lives(process):
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def stop(process, seconds):
    if not lives(process):
        return "finished"
    os.kill(process.pid, signal.SIGTERM)
    end = time.monotonic() + seconds
    while lives(process):
        if time.monotonic() >= end:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            return "killed"
        time.sleep(0.01)
    return "stopped"


def run_worker(tasks, results, work):
    told = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    while not told:
        try:
            item = tasks.get(timeout=0.2)
        except queue.Empty:
            continue
        results.put(work(item))
