# Adds right and leaves a process, once as a daemon and once as none.
import multiprocessing
import time


def linger():
    time.sleep(1000)


def add_many(counter, lock, times):
    multiprocessing.Process(target=linger).start()
    with lock:
        counter.value += times


def update(counter, lock, change):
    multiprocessing.Process(target=linger, daemon=True).start()
    with lock:
        counter.value = value = change(counter.value)
    return value
