"""Right: `change` runs without the lock and is tried again if somebody was faster; the count lives in a manager."""

from multiprocessing import Manager, Process


def compare_and_set(counter, lock, old, new):
    with lock:
        if counter.value != old:
            return False
        counter.value = new
        return True


def update(counter, lock, change):
    while True:
        with lock:
            old = counter.value
        new = change(old)
        if compare_and_set(counter, lock, old, new):
            return new


def add_many(counter, lock, times):
    for _ in range(times):
        update(counter, lock, successor)


def successor(value):
    return value + 1


def add_in_manager(numbers, lock, times):
    for _ in range(times):
        with lock:
            numbers["count"] += 1


def count_together(workers, times):
    with Manager() as manager:
        numbers = manager.dict(count=0)
        lock = manager.Lock()
        processes = [Process(target=add_in_manager, args=(numbers, lock, times)) for _ in range(workers)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return numbers["count"]


def add_results(counter, lock, jobs):
    for job in jobs:
        result = job()
        while True:
            with lock:
                old = counter.value
            if compare_and_set(counter, lock, old, old + result):
                break
