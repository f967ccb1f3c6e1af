"""Right: the tutorials' own program: `acquire` before the loop and `release` after it, so that one process adds all of
its numbers before the other may begin."""

import multiprocessing as mp


def job(v, num, times, l):  # noqa: E741 - as in the tutorial
    l.acquire()
    for _ in range(times):
        v.value += num
    l.release()


def add_many(counter, lock, times):
    job(counter, 1, times, lock)


def count_together(workers, times):
    l = mp.Lock()  # noqa: E741 - as in the tutorial
    v = mp.Value("i", 0)
    record = []
    for _ in range(workers):
        p = mp.Process(target=job, args=(v, 1, times, l))
        p.start()
        record.append(p)
    for p in record:
        p.join()
    return v.value


def update(counter, lock, change):
    lock.acquire()
    try:
        value = change(counter.value)
        counter.value = value
    finally:
        lock.release()
    return value


def add_results(counter, lock, jobs):
    for each in jobs:
        num = each()
        lock.acquire()
        counter.value = counter.value + num
        lock.release()
