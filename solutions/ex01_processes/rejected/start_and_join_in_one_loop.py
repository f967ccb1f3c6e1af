# expect: starts_all_first failed serial-not-parallel
"""Wrong: each process is waited for before the next one is started."""

import multiprocessing


def run_all(jobs):
    codes = {}
    for name, job in jobs.items():
        process = multiprocessing.Process(target=job, name=name)
        process.start()
        process.join()
        codes[name] = process.exitcode
    return codes


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.exitcode is not None:
        return process.exitcode
    process.kill()
    process.join()
    return None
