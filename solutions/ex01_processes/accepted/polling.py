"""Right: looks again and again."""

import multiprocessing
import time


def run_all(jobs):
    team = [multiprocessing.Process(None, job, name) for name, job in jobs.items()]
    [process.start() for process in team]
    while any(process.is_alive() for process in team):
        time.sleep(0.02)
    return dict((process.name, process.exitcode) for process in team)


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    end = time.monotonic() + seconds
    while process.is_alive():
        if time.monotonic() >= end:
            while process.is_alive():
                process.kill()
                process.join(0.1)
            return None
        time.sleep(0.05)
    return process.exitcode
