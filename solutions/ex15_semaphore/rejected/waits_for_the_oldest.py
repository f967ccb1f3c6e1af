# expect: runs_as_many_as_it_may failed holds-back-others
"""Wrong: when all slots are taken it waits for the oldest process, not for whoever ends first."""

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
    processes = [multiprocessing.Process(target=job) for job in jobs]
    for position, process in enumerate(processes):
        if position >= limit:
            processes[position - limit].join()
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
