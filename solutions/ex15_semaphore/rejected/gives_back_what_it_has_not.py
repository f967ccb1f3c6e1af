# expect: gives_up_in_time failed semaphore-released-too-often
"""Wrong: `finally` gives back a slot that was never got."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    try:
        if not semaphore.acquire(timeout=seconds):
            return False
        job()
        return True
    finally:
        semaphore.release()


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
