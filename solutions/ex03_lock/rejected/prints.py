# expect: prints_nothing failed printed-output
"""Wrong: prints what it counts, as the tutorial does."""

import multiprocessing


def add_many(counter, lock, times):
    with lock:
        for _ in range(times):
            counter.value += 1
            print(counter.value)


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
