# expect: counts_together failed -
# expect: counts_in_processes skipped -
"""Wrong: counter and lock belong to the module: only under fork the processes share them."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


shared_counter = multiprocessing.Value("i", 0)
shared_lock = multiprocessing.Lock()


def add_to_shared(times):
    add_many(shared_counter, shared_lock, times)


def count_together(workers, times):
    shared_counter.value = 0
    processes = [multiprocessing.Process(target=add_to_shared, args=(times,)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return shared_counter.value


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
