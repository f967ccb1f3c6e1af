# expect: gives_up_in_time failed gives-up-early
# expect: waits_for_a_slot failed -
# expect: holds_the_slot failed -
"""Wrong: looks once, and does not wait."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    if not semaphore.acquire(block=False):
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
