"""Right: only one process touches the counter of `count_together`; the others send it what is to be added."""

import multiprocessing as mp

END = "end"


def send_ones(queue, times):
    for _ in range(times):
        queue.put(1)
    queue.put(END)


def write(queue, counter, senders):
    while senders:
        item = queue.get()
        if item == END:
            senders -= 1
        else:
            counter.value += item


def count_together(workers, times):
    counter = mp.Value("i", 0, lock=False)
    queue = mp.Queue()
    writer = mp.Process(target=write, args=(queue, counter, workers))
    senders = [mp.Process(target=send_ones, args=(queue, times)) for _ in range(workers)]
    for process in [writer, *senders]:
        process.start()
    for process in [*senders, writer]:
        process.join()
    return counter.value


def add_many(counter, lock, times):
    add_results(counter, lock, [int_one] * times)


def int_one():
    return 1


def update(counter, lock, change):
    lock.acquire()
    try:
        old = counter.value
        new = change(old)
    except Exception:
        lock.release()
        raise
    counter.value = new
    lock.release()
    return new


def add_results(counter, lock, jobs):
    for job in jobs:
        amount = job()
        update(counter, lock, lambda value, amount=amount: value + amount)
