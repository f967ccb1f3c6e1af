# expect: counts_values failed child-left-behind
# expect: counts_every_value_once skipped -
# expect: counts_in_processes skipped -
# expect: prints_nothing failed -
"""Wrong: reads the result before the processes have ended."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def histogram(values, bins, workers):
    array = multiprocessing.Array("q", bins)
    for number in range(workers):
        multiprocessing.Process(target=add_to_bins, args=(array, values[number::workers])).start()
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
