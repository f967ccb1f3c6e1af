# expect: stops_the_stubborn hung terminate-ignored
"""Wrong: SIGTERM can be ignored, and then `join` waits for ever."""

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
    if process.exitcode is not None:
        return process.exitcode
    process.terminate()
    process.join()
    return None
