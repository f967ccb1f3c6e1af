# expect: keeps_results_before_a_failure failed -
"""Takes the StopIteration of a job for the end of the jobs."""

import multiprocessing as mp


def add_many(counter, lock, times):
    for _ in range(times):
        with lock:
            counter.value += 1


def count_together(workers, times):
    counter, lock = mp.Value("q", 0), mp.Lock()
    group = [mp.Process(target=add_many, args=(counter, lock, times)) for _ in range(workers)]
    for process in group:
        process.start()
    for process in group:
        process.join()
    return counter.value


def update(counter, lock, change):
    with lock:
        new = change(counter.value)
        counter.value = new
    return new


def _call(job):
    return job()


def add_results(counter, lock, jobs):
    for result in map(_call, jobs):
        with lock:
            counter.value += result
