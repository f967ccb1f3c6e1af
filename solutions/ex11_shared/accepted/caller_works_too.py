"""Right: the caller is one of the workers; the others are one fewer. Counts come over pipes."""

import ctypes
from multiprocessing import Pipe, Process
from multiprocessing.shared_memory import SharedMemory


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def count(values, bins):
    result = [0] * bins
    for value in values:
        result[value] += 1
    return result


def send_count(connection, values, bins):
    connection.send(count(values, bins))
    connection.close()


def histogram(values, bins, workers):
    processes, readers = [], []
    for number in range(1, workers):
        reader, writer = Pipe(duplex=False)
        process = Process(target=send_count, args=(writer, values[number::workers], bins))
        process.start()
        writer.close()
        processes.append(process)
        readers.append(reader)
    result = count(values[::workers], bins)
    for reader, process in zip(readers, processes):
        result = [one + other for one, other in zip(result, reader.recv())]
        reader.close()
        process.join()
    return result


def scale_part(name, length, number, workers, factor):
    block = SharedMemory(name=name)
    numbers = (ctypes.c_int64 * length).from_buffer(block.buf)
    for at in range(number, length, workers):
        numbers[at] *= factor
    del numbers
    block.close()


def scale_shared(name, length, factor, workers):
    processes = [
        Process(target=scale_part, args=(name, length, number, workers, factor)) for number in range(1, workers)
    ]
    for process in processes:
        process.start()
    scale_part(name, length, 0, workers, factor)
    for process in processes:
        process.join()
