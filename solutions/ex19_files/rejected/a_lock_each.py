# expect: loses_no_count failed -
"""Wrong: makes a lock for each worker."""

import mmap
import multiprocessing
import os
import struct


def write_lines(path, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as fifo:
        for line in lines:
            fifo.write(line + "\n")


def through_fifo(path, lines):
    os.mkfifo(path)
    try:
        child = multiprocessing.Process(target=write_lines, args=(path, lines))
        child.start()
        with open(path, encoding="utf-8", newline="\n") as fifo:
            result = [line[:-1] for line in fifo]
        child.join()
        if child.exitcode != 0:
            raise RuntimeError(f"the child ended with exit code {child.exitcode}")
        return result
    finally:
        os.unlink(path)


def add_in_file(path, lock, times):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 8) as memory:
        for _ in range(times):
            with lock:
                (number,) = struct.unpack("<Q", memory[:8])
                memory[:8] = struct.pack("<Q", number + 1)


def count_in_file(path, workers, times):
    with open(path, "wb") as file:
        file.write(bytes(8))
    try:
        locks = [multiprocessing.Lock() for _ in range(workers)]
        team = [multiprocessing.Process(target=add_in_file, args=(path, lock, times)) for lock in locks]
        for process in team:
            process.start()
        for process in team:
            process.join()
        with open(path, "rb") as file:
            return int.from_bytes(file.read(8), "little")
    finally:
        os.unlink(path)
