"""Right: no semaphore at all: whoever has ended makes place for the next one."""

import multiprocessing
from multiprocessing.connection import wait
from time import monotonic, sleep


class Slot:
    def __init__(self, semaphore):
        self.semaphore = semaphore

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.semaphore.release()


def use_slot(semaphore, job, seconds):
    end = monotonic() + seconds
    while not semaphore.acquire(block=False):
        if monotonic() >= end:
            return False
        sleep(0.01)
    with Slot(semaphore):
        job()
        return True


def run_limited(jobs, limit):
    waiting = list(enumerate(jobs))
    running = {}
    codes = {}
    while waiting or running:
        while waiting and len(running) < limit:
            number, job = waiting.pop(0)
            process = multiprocessing.Process(target=job)
            process.start()
            running[process.sentinel] = number, process
        for sentinel in wait(list(running)):
            number, process = running.pop(sentinel)
            process.join()
            codes[number] = process.exitcode
            process.close()
    return [codes[number] for number in range(len(jobs))]
