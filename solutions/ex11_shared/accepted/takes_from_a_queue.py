"""Right: the workers take what is to be done from a queue, whoever is free; None ends them."""

import multiprocessing
from array import array as numbers_of
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        copy = array[:]
        for index in indices:
            copy[index] += 1
        array[:] = copy


def count(tasks, array):
    for part in iter(tasks.get, None):
        add_to_bins(array, part)


def run(target, tasks, others, workers):
    queue = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=target, args=(queue, *others)) for _ in range(workers)]
    for process in processes:
        process.start()
    for task in tasks:
        queue.put(task)
    for _ in processes:
        queue.put(None)
    for process in processes:
        process.join()


def histogram(values, bins, workers):
    array = multiprocessing.Array("l", bins)
    run(count, [values[at : at + 10] for at in range(0, len(values), 10)], (array,), workers)
    return array[:]


def scale(tasks, name, factor):
    block = SharedMemory(name=name)
    for start, stop in iter(tasks.get, None):
        numbers = numbers_of("q", bytes(block.buf[start:stop]))
        block.buf[start:stop] = numbers_of("q", [number * factor for number in numbers]).tobytes()
    block.close()


def scale_shared(name, length, factor, workers):
    tasks = [(8 * at, 8 * min(at + 3, length)) for at in range(0, length, 3)]
    run(scale, tasks, (name, factor), workers)
