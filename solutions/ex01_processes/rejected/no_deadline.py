# expect: stops_at_the_deadline failed -
# expect: stops_the_stubborn hung timeout-ignored
# expect: prints_nothing hung timeout-ignored
"""Wrong: waits as long as the job takes."""

import multiprocessing


def run_all(jobs):
    processes = [multiprocessing.Process(target=job, name=name) for name, job in jobs.items()]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return {process.name: process.exitcode for process in processes}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join()
    return process.exitcode
