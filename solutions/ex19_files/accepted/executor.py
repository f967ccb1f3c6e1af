"""Right: executors, whose future tells how the child fared; JSON, one line each; all additions in one step."""

import json
import mmap
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Lock

shared = []


def write_json(path, lines):
    with open(path, "w") as fifo:
        for line in lines:
            print(json.dumps(line), file=fifo)


def through_fifo(path, lines):
    os.mkfifo(path)
    try:
        with ProcessPoolExecutor(1) as executor:
            future = executor.submit(write_json, path, lines)
            with open(path) as fifo:
                texts = fifo.readlines()
            future.result()
    finally:
        os.unlink(path)
    return [json.loads(text) for text in texts]


def add_in_file(path, lock, times):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_WRITE) as memory, lock:
        number = int.from_bytes(memory.read(8), "little")
        memory.seek(0)
        memory.write((number + times).to_bytes(8, "little"))
        memory.flush()


def remember(lock):
    shared.append(lock)


def one_share(path, times):
    add_in_file(path, shared[0], times)


def count_in_file(path, workers, times):
    with open(path, "xb") as file:
        file.truncate(8)
    try:
        with ProcessPoolExecutor(workers, initializer=remember, initargs=(Lock(),)) as executor:
            for future in [executor.submit(one_share, path, times) for _ in range(workers)]:
                future.result()
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            return int.from_bytes(memory[:], "little")
    finally:
        os.unlink(path)
