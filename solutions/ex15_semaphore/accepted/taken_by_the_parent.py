"""Right: the caller takes a slot before it starts a process, and the process gives it back."""

import multiprocessing


def use_slot(semaphore, job, seconds):
    got = semaphore.acquire(True, float(seconds))
    try:
        if got:
            job()
    finally:
        if got:
            semaphore.release()
    return got


class Guarded(multiprocessing.Process):
    def __init__(self, job, slots):
        super().__init__()
        self.job, self.slots = job, slots

    def run(self):
        try:
            self.job()
        finally:
            self.slots.release()


def run_limited(jobs, limit):
    slots = multiprocessing.BoundedSemaphore(limit)
    started = []
    for job in jobs:
        slots.acquire()
        process = Guarded(job, slots)
        process.start()
        started.append(process)
    codes = []
    for process in started:
        process.join()
        codes.append(process.exitcode)
    return codes
