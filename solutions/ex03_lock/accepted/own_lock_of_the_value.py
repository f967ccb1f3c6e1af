"""Right: `count_together` has its counter to itself, so the counter's own lock is enough; a subclass of Process."""

import multiprocessing


class Adder(multiprocessing.Process):
    def __init__(self, counter, times):
        super().__init__()
        self.counter = counter
        self.times = times

    def run(self):
        for _ in range(self.times):
            with self.counter.get_lock():
                self.counter.value += 1


def count_together(workers, times):
    counter = multiprocessing.Value("i", 0)
    adders = [Adder(counter, times) for _ in range(workers)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    return counter.value


def add_many(counter, lock, times):
    done = 0
    while done < times:
        with lock:
            counter.value += 1
            done += 1


def update(counter, lock, change):
    with lock:
        counter.value = new = change(counter.value)
        return new


def add_results(counter, lock, jobs):
    results = []
    try:
        for job in jobs:
            results.append(job())
    except BaseException:
        add_all(counter, lock, results)
        raise
    add_all(counter, lock, results)


def add_all(counter, lock, results):
    with lock:
        for result in results:
            counter.value += result
