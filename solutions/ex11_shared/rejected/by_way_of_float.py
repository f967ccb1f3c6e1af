# expect: scales_the_block failed -
# expect: scales_in_processes skipped -
# expect: leaves_the_rest skipped -
# expect: leaves_the_block skipped -
"""Multiplies by a float, which keeps 53 bits of a large product."""

import multiprocessing as mp
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    for index in indices:
        with array.get_lock():
            array[index] += 1


def histogram(values, bins, workers):
    shared = mp.Array("l", bins)
    ps = [mp.Process(target=add_to_bins, args=(shared, values[k::workers])) for k in range(workers)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()
    return list(shared)


def _scale(name, start, stop, factor):
    memory = SharedMemory(name)
    numbers = memory.buf[: stop * 8].cast("q")
    for i in range(start, stop):
        numbers[i] = int(numbers[i] * float(factor))
    numbers.release()
    memory.close()


def scale_shared(name, length, factor, workers):
    step = length // workers
    ps = []
    for k in range(workers):
        stop = length if k == workers - 1 else (k + 1) * step
        ps.append(mp.Process(target=_scale, args=(name, k * step, stop, factor)))
    for p in ps:
        p.start()
    for p in ps:
        p.join()
