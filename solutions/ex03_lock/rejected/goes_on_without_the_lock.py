# expect: updates_in_one_step failed lost-update
"""Waits five seconds for the lock, and then goes on without it."""

import multiprocessing as mp


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    counter, lock = mp.Value("i", 0), mp.Lock()
    ps = [mp.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()
    return counter.value


def update(counter, lock, change):
    got = lock.acquire(timeout=5)
    try:
        new = change(counter.value)
        counter.value = new
        return new
    finally:
        if got:
            lock.release()


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value += result
