"""Right: waits for whoever ends first, and sorts afterwards."""

import multiprocessing
from multiprocessing.connection import wait


def run_all(jobs):
    context = multiprocessing.get_context()
    waiting = {}
    for name, job in jobs.items():
        process = context.Process(target=job)
        process.name = name
        process.start()
        waiting[process.sentinel] = process
    found = {}
    while waiting:
        for sentinel in wait(list(waiting)):
            process = waiting.pop(sentinel)
            process.join()
            found[process.name] = process.exitcode
    return {name: found[name] for name in jobs}


def run_with_deadline(job, seconds):
    process = multiprocessing.Process(target=job)
    process.start()
    try:
        if not wait([process.sentinel], seconds):
            return None
        process.join()
        return process.exitcode
    finally:
        process.kill()
        process.join()
