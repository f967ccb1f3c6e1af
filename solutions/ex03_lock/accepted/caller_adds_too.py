"""Right: the calling process is one of those that add, so it starts one less."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    counter = multiprocessing.Value("q", 0)
    lock = multiprocessing.Lock()
    processes = [multiprocessing.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers - 1)]
    for process in processes:
        process.start()
    add_many(counter, lock, times)
    for process in processes:
        process.join()
    return counter.value


def update(counter, lock, change):
    with lock:
        counter.value = change(counter.value)
        return counter.value


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value += result
