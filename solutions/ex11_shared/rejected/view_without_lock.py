# expect: loses_no_addition failed lost-update
# expect: shares_the_own_lock failed -
# expect: counts_every_value_once failed lost-update
"""Wrong: a view of the array knows nothing of its lock."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    raw = array.get_obj()
    view = memoryview(raw).cast("B").cast(raw._type_._type_)
    for index in indices:
        view[index] += 1


def histogram(values, bins, workers):
    array = multiprocessing.Array("l", bins)
    processes = [
        multiprocessing.Process(target=add_to_bins, args=(array, values[number::workers])) for number in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return list(array)


def scale(name, length, factor, number, workers):
    memory = SharedMemory(name)
    try:
        with memory.buf[: 8 * length].cast("q") as view:
            for index in range(number, length, workers):
                view[index] *= factor
    finally:
        memory.close()


def scale_shared(name, length, factor, workers):
    processes = [
        multiprocessing.Process(target=scale, args=(name, length, factor, number, workers)) for number in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
