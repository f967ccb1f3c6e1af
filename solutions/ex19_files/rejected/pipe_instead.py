# expect: goes_through_a_fifo failed -
"""Wrong: a pipe without a name; the FIFO is never opened."""

import mmap
import multiprocessing
import os
import struct


def write_lines(sender, lines):
    for line in lines:
        sender.send(line)
    sender.send(None)
    sender.close()


def through_fifo(path, lines):
    os.mkfifo(path)
    try:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.Process(target=write_lines, args=(sender, lines))
        child.start()
        sender.close()
        result = []
        try:
            while (line := receiver.recv()) is not None:
                result.append(line)
        finally:
            child.join()
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
        lock = multiprocessing.Lock()
        team = [multiprocessing.Process(target=add_in_file, args=(path, lock, times)) for _ in range(workers)]
        for process in team:
            process.start()
        for process in team:
            process.join()
        with open(path, "rb") as file:
            return int.from_bytes(file.read(8), "little")
    finally:
        os.unlink(path)
