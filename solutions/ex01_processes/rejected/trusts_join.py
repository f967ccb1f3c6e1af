# expect: stops_at_the_deadline failed child-left-behind
# expect: stops_the_stubborn failed child-left-behind
# expect: prints_nothing failed child-left-behind
"""Wrong: `join` returns None whatever happened, so the job is always taken for finished."""

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
    process.join(seconds)
    return process.exitcode
