# expect: counts_together failed child-left-behind
# expect: counts_in_processes skipped -
# expect: prints_nothing failed child-left-behind
"""Wrong: the counter is read before the processes have added, and they are still there afterwards."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    counter = multiprocessing.Value("i", 0)
    lock = multiprocessing.Lock()
    for _ in range(workers):
        multiprocessing.Process(target=add_many, args=(counter, lock, times)).start()
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
