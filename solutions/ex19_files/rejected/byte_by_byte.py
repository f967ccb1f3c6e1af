# expect: loses_no_addition failed lost-update
# expect: keeps_to_the_lock failed -
# expect: loses_no_count failed lost-update
"""Wrong: a view of the mapped file, changed without the lock."""

import mmap
import multiprocessing
import os


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
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 0) as memory, memoryview(memory) as view:
        for _ in range(times):
            place = 0
            while view[place] == 255:
                view[place] = 0
                place += 1
            view[place] += 1


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
