"""Right: a pool whose initializer hands counter and lock to each of its processes."""

import multiprocessing

shared = {}


def remember(counter, lock):
    shared["counter"] = counter
    shared["lock"] = lock


def add_remembered(times):
    add_many(shared["counter"], shared["lock"], times)


def add_many(counter, lock, times):
    with lock:
        for _ in range(times):
            counter.value = counter.value + 1


def count_together(workers, times):
    counter = multiprocessing.Value("l", 0)
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=remember, initargs=(counter, lock)) as pool:
        pool.map(add_remembered, [times] * workers, chunksize=1)
        pool.close()
        pool.join()
    return counter.value


def update(counter, lock, change):
    with lock:
        old = counter.value
        try:
            counter.value = change(old)
        except Exception:
            counter.value = old
            raise
        return counter.value


def add_results(counter, lock, jobs):
    for result in map(call, jobs):
        with lock:
            counter.value += result


def call(job):
    return job()
