# expect: runs_as_many_as_it_may failed holds-back-others
"""Wrong: a batch is waited for before the next one begins."""

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
    codes = []
    for start in range(0, len(jobs), limit):
        processes = [multiprocessing.Process(target=job) for job in jobs[start : start + limit]]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        codes += [process.exitcode for process in processes]
    return codes
