"""Right: ProcessPoolExecutor for both; every worker opens the block once, in its initializer."""

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing.shared_memory import SharedMemory

block = None


def add_to_bins(array, indices):
    lock, raw = array.get_lock(), array.get_obj()
    for index in indices:
        lock.acquire()
        try:
            raw[index] += 1
        finally:
            lock.release()


def count(values, bins):
    return [values.count(number) for number in range(bins)]


def histogram(values, bins, workers):
    parts = [values[number::workers] for number in range(workers)]
    with ProcessPoolExecutor(workers) as executor:
        counts = list(executor.map(count, parts, repeat(bins)))
    return [sum(column) for column in zip(*counts)]


def open_block(name):
    global block
    block = SharedMemory(name=name)


def scale_some(positions, factor):
    with block.buf[: len(block.buf) // 8 * 8].cast("q") as numbers:
        for position in positions:
            numbers[position] = numbers[position] * factor


def scale_shared(name, length, factor, workers):
    parts = [range(number, length, workers) for number in range(workers)]
    with ProcessPoolExecutor(workers, initializer=open_block, initargs=(name,)) as executor:
        list(executor.map(scale_some, parts, repeat(factor)))
