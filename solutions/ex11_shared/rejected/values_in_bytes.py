# expect: counts_values failed -
"""Wrong E6: the values travel in an Array of bytes: numbers above 255 wrap."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def histogram(values, bins, workers):
    array = multiprocessing.Array("q", bins)
    values = multiprocessing.Array("B", values, lock=False)
    shares = [values[number::workers] for number in range(workers)]
    processes = [multiprocessing.Process(target=add_to_bins, args=(array, share)) for share in shares]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return list(array)


def scale_part(name, start, end, factor):
    block = SharedMemory(name)
    numbers = block.buf[8 * start : 8 * end].cast("q")
    for number in range(len(numbers)):
        numbers[number] *= factor
    numbers.release()
    block.close()


def scale_shared(name, length, factor, workers):
    bounds = [length * number // workers for number in range(workers + 1)]
    processes = [
        multiprocessing.Process(target=scale_part, args=(name, start, end, factor))
        for start, end in zip(bounds, bounds[1:])
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
