"""Programs around files that several processes read and write; each returns whether it kept its promise."""

import mmap
import multiprocessing as mp
import os
import tempfile
from contextlib import nullcontext
from multiprocessing.managers import SharedMemoryManager
from pathlib import Path

WRONG = {
    "wrong_plus_in_a_file": "failed",
    "wrong_plus_by_descriptor": "failed",
    "wrong_plus_of_text": "failed",
    "wrong_writes_what_it_mapped": "failed",
    "wrong_manager_of_memory": "failed",
}


def with_file(target, lock, content=bytes(8)):
    """Two processes do `target(path, lock)`; returns what is in the file afterwards."""
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "counter.bin")
    Path(path).write_bytes(content)
    try:
        processes = [mp.Process(target=target, args=(path, lock)) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return Path(path).read_bytes()
    finally:
        os.unlink(path)
        os.rmdir(folder)


def add(path, lock):
    with lock, open(path, "r+b") as file:
        number = int.from_bytes(file.read(8), "little")
        file.seek(0)
        file.write((number + 1).to_bytes(8, "little"))


def wrong_plus_in_a_file():
    return with_file(add, nullcontext())[0] == 2


def right_plus_in_a_file_under_a_lock():
    return with_file(add, mp.Lock())[0] == 2


def add_by_descriptor(path, lock):
    descriptor = os.open(path, os.O_RDWR)
    with lock:
        number = os.read(descriptor, 8)[0]
        os.pwrite(descriptor, bytes([number + 1]), 0)
    os.close(descriptor)


def wrong_plus_by_descriptor():
    return with_file(add_by_descriptor, nullcontext())[0] == 2


def right_plus_by_descriptor_under_a_lock():
    return with_file(add_by_descriptor, mp.Lock())[0] == 2


def look_at_itself(path, lock):
    with lock:
        Path(path).write_bytes(bytes([Path(path).read_bytes()[0] + len(Path("/proc/self/maps").read_text()[:1])]))


def right_looks_at_what_changes_by_itself():
    return with_file(look_at_itself, mp.Lock())[0] == 2


def add_to_text(path, lock):
    with lock:
        number = int(Path(path).read_text())
        Path(path).write_text(str(number + 1))


def wrong_plus_of_text():
    return with_file(add_to_text, nullcontext(), b"0") == b"2"


def right_plus_of_text_under_a_lock():
    return with_file(add_to_text, mp.Lock(), b"0") == b"2"


def add_to_what_it_mapped(path, lock):
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory, lock:
        file.write(bytes([memory[0] + 1]))
        file.flush()


def wrong_writes_what_it_mapped():
    return with_file(add_to_what_it_mapped, nullcontext())[0] == 2


def right_writes_what_it_mapped_under_a_lock():
    return with_file(add_to_what_it_mapped, mp.Lock())[0] == 2


def add_to_first(numbers, lock):
    with lock:
        numbers[0] += 1


def in_managed_memory(lock):
    with SharedMemoryManager() as manager:
        numbers = manager.ShareableList([0, 5])
        processes = [mp.Process(target=add_to_first, args=(numbers, lock)) for _ in range(2)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return list(numbers) == [2, 5]


def wrong_manager_of_memory():
    return in_managed_memory(nullcontext())


def right_manager_of_memory_under_a_lock():
    return in_managed_memory(mp.Lock())
