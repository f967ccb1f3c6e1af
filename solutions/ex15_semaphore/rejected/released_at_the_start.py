# expect: runs_not_too_many failed too-many-at-once
"""Wrong: the caller gives the slot back as soon as the process is started."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if not semaphore.acquire(timeout=seconds):
        return False
    try:
        job()
    finally:
        semaphore.release()
    return True


def run_limited(jobs, limit):
    slots = multiprocessing.Semaphore(limit)
    processes = [multiprocessing.Process(target=job) for job in jobs]
    for process in processes:
        with slots:
            process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
