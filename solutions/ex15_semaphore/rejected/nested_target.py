# expect: runs_each_in_a_process failed unpicklable-target
# expect: runs_not_too_many failed unpicklable-target
# expect: runs_as_many_as_it_may failed unpicklable-target
"""Wrong: a function inside a function can be a target under fork only."""

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

    def run_with_slot(job):
        with slots:
            job()

    processes = [multiprocessing.Process(target=run_with_slot, args=(job,)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
