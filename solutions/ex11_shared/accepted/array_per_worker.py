"""Right: every worker has an array of its own, without a lock; they are added in the end; a Process subclass scales."""

import sys
from multiprocessing import Process, RawArray
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    for index in indices:
        add_one(array, index)


def add_one(array, index):
    with array.get_lock():
        array[index] += 1


def count(own, values):
    for value in values:
        own[value] += 1


def histogram(values, bins, workers):
    size = -(-len(values) // workers)
    arrays = [RawArray("q", max(bins, 1)) for _ in range(workers)]
    processes = [Process(target=count, args=(own, values[n * size : (n + 1) * size])) for n, own in enumerate(arrays)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [sum(own[number] for own in arrays) for number in range(bins)]


class Scaler(Process):
    def __init__(self, name, positions, factor):
        super().__init__()
        self.block_name, self.positions, self.factor = name, positions, factor

    def run(self):
        block = SharedMemory(name=self.block_name)
        for at in self.positions:
            number = int.from_bytes(block.buf[8 * at : 8 * at + 8], sys.byteorder, signed=True)
            block.buf[8 * at : 8 * at + 8] = (number * self.factor).to_bytes(8, sys.byteorder, signed=True)
        block.close()


def scale_shared(name, length, factor, workers):
    scalers = [Scaler(name, range(number, length, workers), factor) for number in range(workers)]
    for scaler in scalers:
        scaler.start()
    for scaler in scalers:
        scaler.join()
