"""Right: a shared position says what is next; a manager's list takes the counts."""

from multiprocessing import Manager, Process, Value
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def take(position):
    with position.get_lock():
        position.value += 1
        return position.value - 1


def count(values, position, result, lock):
    own = {}
    while (at := take(position)) < len(values):
        own[values[at]] = own.get(values[at], 0) + 1
    for value, times in own.items():
        with lock:
            result[value] += times


def run(target, args, workers):
    processes = [Process(target=target, args=args) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def histogram(values, bins, workers):
    with Manager() as manager:
        result = manager.list([0] * bins)
        run(count, (values, Value("i", 0), result, manager.Lock()), workers)
        return list(result)


def scale(name, length, factor, position):
    block = SharedMemory(name=name)
    view = block.buf[: 8 * length]
    numbers = view.cast("q")
    while (at := take(position)) < length:
        numbers[at] = numbers[at] * factor
    numbers.release()
    view.release()
    block.close()


def scale_shared(name, length, factor, workers):
    run(scale, (name, length, factor, Value("i", 0)), workers)
