"""Right: the processes run one after the other, each with a slot of its own; nobody asked them to run at once."""

import multiprocessing


def add_many(counter, lock, times):
    if times:
        with lock:
            counter.value += 1
        add_many_more(counter, lock, times - 1)


def add_many_more(counter, lock, times):
    with lock:
        counter.value += times


def fill(slots, index, times):
    for _ in range(times):
        slots[index] += 1


def count_together(workers, times):
    slots = multiprocessing.Array("q", workers, lock=False)
    for index in range(workers):
        process = multiprocessing.Process(target=fill, args=(slots, index, times))
        process.start()
        process.join()
    return sum(slots)


def update(counter, lock, change):
    try:
        lock.acquire()
        new = change(counter.value)
        counter.value = new
        return new
    finally:
        lock.release()


def add_results(counter, lock, jobs):
    iterator = iter(jobs)
    for job in iterator:
        add_many_more(counter, lock, job())
