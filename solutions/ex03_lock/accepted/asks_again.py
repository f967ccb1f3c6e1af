"""Right: whoever finds the lock taken asks again, a moment later or at once, until it is free."""

import multiprocessing
import time


def add_many(counter, lock, times):
    for _ in range(times):
        while not lock.acquire(block=False):
            time.sleep(0.01)
        try:
            counter.value += 1
        finally:
            lock.release()


def count_together(workers, times):
    counter = multiprocessing.Value("q", 0, lock=False)
    lock = multiprocessing.Lock()
    processes = [multiprocessing.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return counter.value


def update(counter, lock, change):
    while not lock.acquire(timeout=0.01):
        pass
    try:
        counter.value = change(counter.value)
        return counter.value
    finally:
        lock.release()


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        while not lock.acquire(False):
            time.sleep(0)
        counter.value += result
        lock.release()
