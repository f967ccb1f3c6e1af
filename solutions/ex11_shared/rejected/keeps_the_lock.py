# expect: adds_one_for_each failed lock-not-released
# expect: loses_no_addition hung lock-not-released
# expect: counts_values hung -
# expect: counts_every_value_once skipped -
# expect: counts_in_processes skipped -
# expect: shares_the_own_lock hung -
"""Wrong: returns early for nothing, and takes the lock more often than it gives it back."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    for index in indices:
        array.get_lock().acquire()
        array[index] += 1
    if indices:
        array.get_lock().release()


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
