"""Right: opens without waiting, looks at the child and the FIFO at once; a number of ctypes in the mapped file."""

import ctypes
import mmap
import multiprocessing
import os
from multiprocessing.connection import wait


class Writer(multiprocessing.Process):
    def __init__(self, path, lines):
        super().__init__()
        self.path = path
        self.lines = lines

    def run(self):
        text = "".join(f"{line}\n" for line in self.lines)
        with open(self.path, "wb") as fifo:
            fifo.write(text.encode("utf-8"))


def receive(descriptor, child):
    parts, ended = [], False
    while True:
        try:
            part = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            part = None
        if part:
            parts.append(part)
        elif ended:
            return b"".join(parts)
        elif part is None:
            wait([descriptor, child.sentinel])
            ended = bool(wait([child.sentinel], 0))
        else:  # nobody writes: not yet, or not any more
            ended = bool(wait([child.sentinel], 0.01))


def through_fifo(path, lines):
    os.mkfifo(path)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        child = Writer(path, lines)
        child.start()
        data = receive(descriptor, child)
        child.join()
        if child.exitcode:
            raise ChildProcessError(child.exitcode)
        return data.decode("utf-8").split("\n")[:-1]
    finally:
        os.close(descriptor)
        os.unlink(path)


class Counter:
    def __init__(self, path):
        with open(path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 0)
        self.number = ctypes.c_uint64.from_buffer(self.memory)

    def __enter__(self):
        return self

    def add(self):
        self.number.value += 1

    def __exit__(self, *_):
        del self.number
        self.memory.close()


def add_in_file(path, lock, times):
    with Counter(path) as counter:
        for _ in range(times):
            with lock:
                counter.add()


def count_in_file(path, workers, times):
    context = multiprocessing.get_context()
    with open(path, "wb") as file:
        file.write(bytes(8))
    lock = context.Lock()
    team = [context.Process(target=add_in_file, args=(path, lock, times)) for _ in range(workers)]
    [process.start() for process in team]
    [process.join() for process in team]
    with Counter(path) as counter:
        number = counter.number.value
    os.remove(path)
    return number
