"""Right: each process sends what it counted through a pipe of its own; a patient `acquire` asks again and again."""

from multiprocessing import Pipe, Process


def count(connection, times):
    counted = 0
    while counted < times:
        counted += 1
    connection.send(counted)
    connection.close()


def count_together(workers, times):
    processes, readers = [], []
    for _ in range(workers):
        reader, writer = Pipe(duplex=False)
        process = Process(target=count, args=(writer, times))
        process.start()
        writer.close()
        processes.append(process)
        readers.append(reader)
    total = 0
    for process, reader in zip(processes, readers, strict=True):
        total += reader.recv()
        reader.close()
        process.join()
    return total


def add_many(counter, lock, times):
    update(counter, lock, Adding(times))


def update(counter, lock, change):
    while not lock.acquire(timeout=0.5):
        pass
    try:
        value = change(counter.value)
        counter.value = value
        return value
    finally:
        lock.release()


def add_results(counter, lock, jobs):
    for job in jobs:
        update(counter, lock, Adding(job()))


class Adding:
    def __init__(self, amount):
        self.amount = amount

    def __call__(self, value):
        return value + self.amount
