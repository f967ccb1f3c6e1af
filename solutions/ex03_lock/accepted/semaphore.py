"""Right: a semaphore of one slot protects as well as a lock."""

from multiprocessing import Process, Semaphore, Value


def add_guarded(number, slot, times):
    for _ in range(times):
        slot.acquire()
        number.value += 1
        slot.release()


def count_together(workers, times):
    number = Value("i", 0, lock=False)
    slot = Semaphore(1)
    processes = []
    for index in range(workers):
        processes.append(Process(target=add_guarded, args=(number, slot, times), name=f"adder-{index}", daemon=True))
        processes[-1].start()
    while processes:
        processes.pop().join()
    return number.value


def add_many(counter, lock, times):
    add_guarded(counter, lock, times)


def update(counter, lock, change):
    new = None
    with lock:
        new = change(counter.value)
        counter.value = new
    return new


def add_results(counter, lock, jobs):
    jobs = list(jobs)
    while jobs:
        result = jobs.pop(0)()
        if result:
            with lock:
                counter.value += result
