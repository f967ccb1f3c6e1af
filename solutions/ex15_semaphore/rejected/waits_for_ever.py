# expect: gives_up_in_time hung timeout-ignored
# expect: prints_nothing hung timeout-ignored
"""Wrong: `with` waits without a limit."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    with semaphore:
        job()
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
