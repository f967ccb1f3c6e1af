# expect: prints_nothing failed printed-output
"""Wrong: prints what it does."""

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
        print("running")
        job()


def run_limited(jobs, limit):
    slots = multiprocessing.Semaphore(limit)
    processes = [multiprocessing.Process(target=run_with_slot, args=(slots, job)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
