# expect: runs_with_a_slot failed crashed
# expect: gives_up_in_time hung timeout-ignored
"""Wrong: the first parameter of `acquire` is not the time."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if not semaphore.acquire(seconds):
        return False
    try:
        job()
    finally:
        semaphore.release()
    return True


def run_with_slot(slots, job):
    with slots:
        job()


def run_limited(jobs, limit):
    slots = multiprocessing.Semaphore(limit)
    processes = [multiprocessing.Process(target=run_with_slot, args=(slots, job)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
