# expect: counts_together failed -
# expect: counts_in_processes skipped -
# expect: prints_nothing failed -
"""Wrong: each process adds to its own copy of a global number."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


count = 0


def add_to_count(lock, times):
    global count
    for _ in range(times):
        with lock:
            count += 1


def count_together(workers, times):
    lock = multiprocessing.Lock()
    processes = [multiprocessing.Process(target=add_to_count, args=(lock, times)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return count


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
