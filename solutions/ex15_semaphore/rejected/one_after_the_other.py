# expect: runs_as_many_as_it_may failed serial-not-parallel
"""Wrong: each process is waited for before the next one is started."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if not semaphore.acquire(timeout=seconds):
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
        process.join()
    return [process.exitcode for process in processes]
