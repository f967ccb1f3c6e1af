# expect: adds_times failed wrong-signature
"""Wrong: the parameters have other names than in the contract, so nobody can call it by keyword."""

import multiprocessing


def add_many(value, l, num):
    with l:
        for _ in range(num):
            value.value += 1


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
