"""Right: one addition of `times`, and processes that send their sums through a queue instead of sharing a number."""

from multiprocessing import Process, Queue


def add_many(counter, lock, times):
    with lock:
        counter.value += times


def send_sum(queue, times):
    total = 0
    for _ in range(times):
        total += 1
    queue.put(total)


def count_together(workers, times):
    queue = Queue()
    processes = [Process(target=send_sum, args=(queue, times)) for _ in range(workers)]
    for process in processes:
        process.start()
    counter = sum(queue.get() for _ in processes)
    for process in processes:
        process.join()
    return counter


def update(counter, lock, change):
    with lock:
        new = counter.value = change(counter.value)
    return new


def add_results(counter, lock, jobs):
    total = 0
    try:
        for job in jobs:
            total += job()
    finally:
        with lock:
            counter.value += total
