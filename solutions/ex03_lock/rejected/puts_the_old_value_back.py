# expect: survives_a_failing_change failed -
"""Wrong: "restores" a value that it read without the lock, and so undoes what others added."""

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
    old = counter.value
    try:
        with lock:
            new = change(counter.value)
            counter.value = new
            return new
    except Exception:
        counter.value = old
        raise


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value += result
