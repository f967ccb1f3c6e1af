# expect: gives_back_after_an_error failed semaphore-not-released
"""Wrong: the slot is gone when the job raises."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if not semaphore.acquire(timeout=seconds):
        return False
    job()
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
