"""Right: a thread of the caller kills the process when the time is over."""

import multiprocessing
import threading


def started(job, name=None):
    process = multiprocessing.Process(target=job, name=name)
    process.start()
    return process


def run_all(jobs):
    processes = {name: started(job, name) for name, job in jobs.items()}
    return {name: process.join() or process.exitcode for name, process in processes.items()}


def run_with_deadline(job, seconds):
    process = started(job)
    late = []

    def stop():
        if process.is_alive():
            late.append(True)
            process.kill()

    waiter = threading.Timer(seconds, stop)
    waiter.start()
    process.join()
    waiter.cancel()
    waiter.join()
    return None if late else process.exitcode
