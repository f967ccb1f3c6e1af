"""Right: the lock of `count_together` is made when the module is imported and handed to each child."""

import multiprocessing as mp

LOCK = mp.Lock()


def add_many(counter, lock, times):
    with lock:
        counter.value += times


def count_together(workers, times):
    counter = mp.Value("i", 0)
    processes = [mp.Process(target=add_many, args=(counter, LOCK, times)) for _ in range(workers)]
    for process in processes:
        process.start()
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
