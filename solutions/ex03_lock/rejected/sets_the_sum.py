# expect: adds_each_result failed -
# expect: keeps_every_result failed -
# expect: runs_jobs_at_once skipped -
# expect: keeps_results_before_a_failure failed -
"""Wrong: sets the counter to the sum of the results instead of adding it."""

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
    total = 0
    for job in jobs:
        total += job()
        with lock:
            counter.value = total
