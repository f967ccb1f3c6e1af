"""Right: `count_together` chooses its own start method, and a re-entrant lock."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    context = multiprocessing.get_context("spawn")
    counter = context.Value("i", 0)
    lock = context.RLock()
    processes = [context.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return counter.value


def update(counter, lock, change):
    with lock:
        old = counter.value
        new = change(old)
        counter.value = new
        return new


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            counter.value = result + counter.value
