# expect: shares_the_own_lock failed -
"""Wrong: waits ten seconds for the lock and adds nevertheless."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    lock, numbers = array.get_lock(), array.get_obj()
    for index in indices:
        got = lock.acquire(timeout=10)
        numbers[index] += 1
        if got:
            lock.release()


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


def scale_part(name, start, stop, factor):
    block = SharedMemory(name=name)
    numbers = block.buf[8 * start : 8 * stop].cast("q")
    for at in range(len(numbers)):
        numbers[at] *= factor
    numbers.release()
    block.close()


def scale_shared(name, length, factor, workers):
    borders = [length * number // workers for number in range(workers + 1)]
    processes = [
        multiprocessing.Process(target=scale_part, args=(name, borders[number], borders[number + 1], factor))
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
