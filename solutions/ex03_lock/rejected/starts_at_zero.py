# expect: adds_times failed -
# expect: keeps_every_addition failed -
# expect: shares_the_lock failed -
# expect: counts_together failed -
# expect: counts_in_processes skipped -
"""Wrong: sets the counter to 0 first, although somebody has counted before."""

import multiprocessing


def add_many(counter, lock, times):
    counter.value = 0
    for _ in range(times):
        with lock:
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
