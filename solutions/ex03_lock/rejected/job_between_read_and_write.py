# expect: keeps_every_result failed lost-update
# expect: runs_jobs_at_once skipped -
# expect: keeps_results_before_a_failure failed lost-update
"""Wrong: reads the value, runs the job, then adds its result to the old value."""

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
        with lock:
            value = counter.value
        result = job()
        with lock:
            counter.value = value + result
