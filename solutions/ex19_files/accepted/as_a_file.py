"""Right: the child carries over an ordinary descriptor; the caller opens both ends, and maps the file just to look."""

import mmap
import multiprocessing
import os


def encoded(line):
    return line.encode().replace(b"\\", b"\\\\").replace(b"\0", b"\\0") + b"\0"


def decoded(data):
    parts = data.split(b"\\\\")
    return b"\\".join(part.replace(b"\\0", b"\0") for part in parts).decode()


def write(path, lines):
    with open(path, "wb", buffering=0) as fifo:
        data = memoryview(b"".join(map(encoded, lines)) + b"end")
        while data:
            data = data[fifo.write(data) :]


def through_fifo(path, lines):
    os.mkfifo(path)
    try:
        child = multiprocessing.get_context().Process(target=write, kwargs={"path": path, "lines": lines})
        child.start()
        with open(path, "rb") as fifo:
            *parts, end = fifo.read().split(b"\0")
        child.join()
        if end != b"end":
            raise EOFError("the child has not said all")
        return [decoded(part) for part in parts]
    finally:
        os.remove(path)


def add_in_file(path, lock, times):
    for _ in range(times):
        with lock, open(path, "r+b") as file:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
                number = sum(byte << (8 * place) for place, byte in enumerate(memory[:8]))
            file.write((number + 1).to_bytes(8, "little"))


def count_in_file(path, workers, times):
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, bytes(8))
    lock = multiprocessing.Lock()
    team = [multiprocessing.Process(target=add_in_file, args=(path, lock, times)) for _ in range(workers)]
    for process in team:
        process.start()
    for process in team:
        process.join()
        process.close()
    number = int.from_bytes(os.pread(descriptor, 8, 0), "little")
    os.close(descriptor)
    os.unlink(path)
    return number
