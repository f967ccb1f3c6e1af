# Adds right and leaves a process, once as a daemon and once as none.
import multiprocessing
import time


def add_many(counter, lock, times):
    multiprocessing.Process(target=time.sleep, args=(1000,)).start()
    with lock:
        counter.value += times


def update(counter, lock, change):
    multiprocessing.Process(target=time.sleep, args=(1000,), daemon=True).start()
    with lock:
        counter.value = value = change(counter.value)
    return value
