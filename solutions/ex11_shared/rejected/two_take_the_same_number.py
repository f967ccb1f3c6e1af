# expect: scales_the_block failed -
# expect: scales_in_processes skipped -
# expect: leaves_the_rest skipped -
# expect: leaves_the_block skipped -
"""Wrong: looks which number is next and moves on in two steps, so two workers can multiply the same one."""

from multiprocessing import Array, Process, Value
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def run(target, argument_lists):
    processes = [Process(target=target, args=arguments) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def histogram(values, bins, workers):
    array = Array("q", bins)
    run(add_to_bins, [(array, values[number::workers]) for number in range(workers)])
    return list(array)


def scale(name, length, factor, position):
    block = SharedMemory(name=name)
    view = block.buf[: 8 * length]
    numbers = view.cast("q")
    while (at := position.value) < length:
        position.value = at + 1
        numbers[at] = numbers[at] * factor
    numbers.release()
    view.release()
    block.close()


def scale_shared(name, length, factor, workers):
    position = Value("i", 0)
    run(scale, [(name, length, factor, position)] * workers)
