# expect: starts_all_first failed -
"""Wrong: jobs are run in batches of ten: the eleventh starts when ten have been waited for."""

import multiprocessing
from itertools import islice


def run_all(jobs):
    rest = iter(jobs.items())
    codes = {}
    while batch := list(islice(rest, 10)):
        processes = {name: multiprocessing.Process(target=job, name=name) for name, job in batch}
        for process in processes.values():
            process.start()
        for name, process in processes.items():
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
