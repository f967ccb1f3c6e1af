# expect: returns_every_code failed daemon-with-children
# expect: returns_the_code_in_time failed daemon-with-children
"""Daemons may not start processes: a job that does so raises."""

import multiprocessing as mp


def run_all(jobs):
    procs = [mp.Process(target=job, name=name, daemon=True) for name, job in jobs.items()]
    for p in procs:
        p.start()
    for p in procs:
        p.join()
    return {p.name: p.exitcode for p in procs}


def run_with_deadline(job, seconds):
    p = mp.Process(target=job, daemon=True)
    p.start()
    p.join(seconds)
    if p.exitcode is None:
        p.kill()
        p.join()
        return None
    return p.exitcode
