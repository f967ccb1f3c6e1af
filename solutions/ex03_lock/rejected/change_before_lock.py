# expect: updates_in_one_step failed half-held-lock
"""Wrong: computes the new value before it takes the lock, from a value that may be old by then."""

import multiprocessing


def add_many(counter, lock, times):
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
    new = change(counter.value)
    with lock:
        counter.value = new
    return new


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value += result
