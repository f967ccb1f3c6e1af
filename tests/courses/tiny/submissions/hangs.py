"""Waits for a lock that it holds itself."""

import multiprocessing


def double(number):
    lock = multiprocessing.Lock()
    lock.acquire()
    lock.acquire()
    return 2 * number


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1
