# expect: shares_the_lock failed lost-update
# may: keeps_every_addition failed lost-update
"""Wrong: goes on when it has waited for a second, with or without the lock."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        got = lock.acquire(timeout=1)
        counter.value += 1
        if got:
            lock.release()


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
