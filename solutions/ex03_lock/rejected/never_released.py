# expect: adds_times failed lock-not-released
# expect: keeps_every_addition hung lock-not-released
# expect: shares_the_lock hung lock-not-released
# expect: counts_together hung lock-not-released
# expect: counts_in_processes skipped -
"""Wrong: `acquire` without `release`: whoever comes next waits for ever."""

import multiprocessing


def add_many(counter, lock, times):
    lock.acquire()
    for _ in range(times):
        counter.value += 1


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
