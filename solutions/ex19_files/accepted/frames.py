"""Right: the length before each line, descriptors instead of files, a view of 64-bit integers."""

import mmap
import multiprocessing
import os
import pathlib
import sys


def write_frames(path, lines):
    descriptor = os.open(path, os.O_WRONLY)
    for line in lines:
        data = line.encode()
        frame = memoryview(len(data).to_bytes(8, "big") + data)
        while frame:
            frame = frame[os.write(descriptor, frame) :]
    os.close(descriptor)


def read_exactly(descriptor, size):
    data = bytearray()
    while len(data) < size:
        part = os.read(descriptor, min(size - len(data), 1 << 20))
        if not part:
            if data:
                raise EOFError("in the middle of a frame")
            return None
        data += part
    return bytes(data)


def read_frames(descriptor):
    while (head := read_exactly(descriptor, 8)) is not None:
        size = int.from_bytes(head, "big")
        line = read_exactly(descriptor, size)
        if line is None and size:
            raise EOFError("a frame without its content")
        yield (line or b"").decode()


def through_fifo(path, lines):
    os.mkfifo(path, 0o600)
    child = multiprocessing.Process(target=write_frames, args=(path, lines))
    try:
        child.start()
        descriptor = os.open(path, os.O_RDONLY)
        try:
            result = list(read_frames(descriptor))
        finally:
            os.close(descriptor)
            child.join()
    finally:
        os.remove(path)
    if child.exitcode:
        raise OSError("the child has failed")
    return result


def add_in_file(path, lock, times):
    descriptor = os.open(path, os.O_RDWR)
    try:
        memory = mmap.mmap(descriptor, 0)
    finally:
        os.close(descriptor)
    with memory, memoryview(memory) as view:
        for _ in range(times):
            lock.acquire()
            try:
                number = int.from_bytes(view[0:8], "little") + 1
                view[0:8] = number.to_bytes(8, "little")
            finally:
                lock.release()


def count_in_file(path, workers, times):
    file = pathlib.Path(path)
    file.write_bytes(bytes(8))
    lock = multiprocessing.Lock()
    team = [multiprocessing.Process(target=add_in_file, args=(path, lock, times)) for _ in range(workers)]
    for process in team:
        process.start()
    for process in team:
        process.join()
    number = int.from_bytes(file.read_bytes(), "little")
    file.unlink()
    return number
