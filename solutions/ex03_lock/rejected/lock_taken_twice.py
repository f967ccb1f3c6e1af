# expect: adds_each_result hung lock-taken-twice
# expect: keeps_every_result hung lock-taken-twice
# expect: runs_jobs_at_once skipped -
# expect: keeps_results_before_a_failure hung lock-taken-twice
# expect: prints_nothing hung lock-taken-twice
"""Wrong: takes the lock and calls `update`, which takes it again: it waits for itself."""

import multiprocessing


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    counter = multiprocessing.Value("i", 0)
    lock = multiprocessing.Lock()
    processes = [multiprocessing.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return counter.value


def update(counter, lock, change):
    with lock:
        new = change(counter.value)
        counter.value = new
        return new


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        with lock:
            update(counter, lock, lambda value, result=result: value + result)
