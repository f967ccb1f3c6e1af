# expect: stops_at_the_deadline failed -
"""Wrong: a job that ends itself with 0 on SIGTERM, after the deadline, gives 0 and not None."""

import multiprocessing


def run_all(jobs):
    processes = {name: multiprocessing.Process(target=job, name=name) for name, job in jobs.items()}
    for process in processes.values():
        process.start()
    for process in processes.values():
        process.join()
    return {name: process.exitcode for name, process in processes.items()}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.terminate()
        process.join(2)
        if process.is_alive():
            process.kill()
            process.join()
        if process.exitcode < 0:
            return None
    return process.exitcode
