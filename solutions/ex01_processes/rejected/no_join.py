# expect: returns_every_code failed child-left-behind
# expect: takes_a_process_each failed child-left-behind
# expect: starts_all_first failed child-left-behind
# expect: disturbs_no_other failed child-left-behind
# may: prints_nothing failed child-left-behind
"""Wrong: reads the exit codes at once."""

import multiprocessing


def run_all(jobs):
    processes = [multiprocessing.Process(target=job, name=name) for name, job in jobs.items()]
    for process in processes:
        process.start()
    return {process.name: process.exitcode for process in processes}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.exitcode is not None:
        return process.exitcode
    process.kill()
    process.join()
    return None
