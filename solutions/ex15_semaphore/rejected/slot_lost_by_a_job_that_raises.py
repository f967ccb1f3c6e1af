# expect: runs_not_too_many hung lock-not-released
# expect: runs_as_many_as_it_may hung lock-not-released
# may: runs_each_in_a_process hung lock-not-released
"""Wrong: a job that raises keeps its slot for ever."""

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
    slots.acquire()
    job()
    slots.release()


def run_limited(jobs, limit):
    slots = multiprocessing.Semaphore(limit)
    processes = [multiprocessing.Process(target=run_with_slot, args=(slots, job)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
