# expect: scales_in_processes failed -
"""Wrong: sends copies to the workers and writes the products itself."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def histogram(values, bins, workers):
    array = multiprocessing.Array("q", bins)
    processes = [
        multiprocessing.Process(target=add_to_bins, args=(array, values[number::workers])) for number in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return list(array)


def multiply(numbers, factor):
    return [number * factor for number in numbers]


def scale_shared(name, length, factor, workers):
    block = SharedMemory(name=name)
    numbers = block.buf[: 8 * length].cast("q")
    with multiprocessing.Pool(workers) as pool:
        parts = pool.starmap(multiply, [(list(numbers[number::workers]), factor) for number in range(workers)])
    for number, part in enumerate(parts):
        for at, product in enumerate(part):
            numbers[number + at * workers] = product
    numbers.release()
    block.close()
