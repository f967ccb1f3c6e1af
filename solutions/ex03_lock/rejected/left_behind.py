# expect: counts_together failed child-left-behind
# expect: counts_in_processes skipped -
# expect: prints_nothing failed child-left-behind
"""Wrong: waits for the number instead of the processes, and leaves them behind."""

import multiprocessing
import time


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    counter = multiprocessing.Value("i", 0)
    lock = multiprocessing.Lock()
    for _ in range(workers):
        multiprocessing.Process(target=add_many, args=(counter, lock, times)).start()
    while counter.value < workers * times:
        time.sleep(0.01)
    return counter.value


def update(counter, lock, change):
    with lock:
        new = change(counter.value)
        counter.value = new
        return new


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value += result
