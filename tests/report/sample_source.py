"""The student's file of the attempts in `samples`."""

SOURCE = '''"""ex03 · No update lost"""

import multiprocessing as mp


def add_many(counter, lock, times):
    """Add 1 `times` times."""
    for _ in range(times):
        counter.value += 1


def update(counter, lock, change):
    with lock:
        counter.value = change(counter.value)
        return counter.value


def move(first, second, amount):
    first.lock.acquire()
    second.lock.acquire()
    first.value -= amount
    second.value += amount
    second.lock.release()
    first.lock.release()


def count_together(workers, times):
    counter = mp.Value("i", 0)
    lock = mp.Lock()
    for _ in range(workers):
        mp.Process(target=add_many, args=(counter, lock, times)).start()
    return counter.value
'''
