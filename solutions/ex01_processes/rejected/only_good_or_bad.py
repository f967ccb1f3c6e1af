# expect: returns_every_code failed -
# expect: starts_all_first failed -
# expect: disturbs_no_other failed -
"""Wrong: says whether a job was successful, not how it ended."""

import multiprocessing


def run_all(jobs):
    processes = [multiprocessing.Process(target=job, name=name) for name, job in jobs.items()]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return {process.name: int(process.exitcode != 0) for process in processes}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.exitcode is not None:
        return process.exitcode
    process.kill()
    process.join()
    return None
