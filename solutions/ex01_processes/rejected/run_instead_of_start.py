# expect: returns_every_code failed crashed
# expect: takes_a_process_each failed run-instead-of-start
# expect: starts_all_first failed crashed
# expect: disturbs_no_other failed crashed
# expect: prints_nothing failed -
"""Wrong: `run` is no `start`: everything happens in the caller."""

import multiprocessing


def run_all(jobs):
    processes = [multiprocessing.Process(target=job, name=name) for name, job in jobs.items()]
    for process in processes:
        process.run()
    return {process.name: 0 for process in processes}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    process.join(seconds)
    if process.exitcode is not None:
        return process.exitcode
    process.kill()
    process.join()
    return None
