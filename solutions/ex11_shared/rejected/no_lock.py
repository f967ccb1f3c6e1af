# expect: loses_no_addition failed lost-update
# expect: shares_the_own_lock failed -
# expect: counts_every_value_once failed lost-update
"""Wrong: trusts that an Array with a lock makes `+=` one step (it locks each access, not both)."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
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
