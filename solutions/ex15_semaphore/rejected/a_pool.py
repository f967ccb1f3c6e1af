# expect: runs_each_in_a_process failed no-processes
"""Wrong: a pool has processes for several jobs each, and no exit codes."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if not semaphore.acquire(timeout=seconds):
        return False
    try:
        job()
    finally:
        semaphore.release()
    return True


def attempt(job):
    try:
        job()
    except Exception:
        return 1
    return 0


def run_limited(jobs, limit):
    with multiprocessing.Pool(limit) as pool:
        return pool.map(attempt, jobs, chunksize=1)
