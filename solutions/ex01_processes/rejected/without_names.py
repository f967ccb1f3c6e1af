# expect: takes_a_process_each failed -
"""Wrong: the processes have the names that Python gives them."""

import multiprocessing


def run_all(jobs):
    processes = {name: multiprocessing.Process(target=job) for name, job in jobs.items()}
    for process in processes.values():
        process.start()
    for process in processes.values():
        process.join()
    return {name: process.exitcode for name, process in processes.items()}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.exitcode is not None:
        return process.exitcode
    process.kill()
    process.join()
    return None
