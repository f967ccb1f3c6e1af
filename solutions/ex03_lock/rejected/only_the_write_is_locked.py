# expect: keeps_every_addition failed half-held-lock
# expect: shares_the_lock failed half-held-lock
# expect: counts_together failed half-held-lock
# expect: counts_in_processes skipped -
"""Wrong: the value is read before the lock is taken, so it may be old when it is written."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        value = counter.value
        with lock:
            counter.value = value + 1


def count_together(workers, times):
    counter = multiprocessing.Value("i", 0)
    lock = multiprocessing.Lock()
    processes = [multiprocessing.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
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
