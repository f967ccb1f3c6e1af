"""Right: the child passes on what it could not do, and seals what it has written with a mark; struct packs in place."""

import mmap
import multiprocessing
import os
import pickle
import struct
from contextlib import contextmanager

FORM = struct.Struct("<Q")


@contextmanager
def fifo_at(path):
    os.mkfifo(path)
    try:
        yield path
    finally:
        os.unlink(path)


def write_pickles(path, lines):
    with open(path, "wb") as fifo:
        try:
            for line in lines:
                pickle.dump(str(line), fifo)
            pickle.dump(None, fifo)
        except Exception as error:
            pickle.dump(error, fifo)


def read_pickles(path):
    with open(path, "rb") as fifo:
        while (item := pickle.load(fifo)) is not None:
            if isinstance(item, Exception):
                raise item
            yield item


def through_fifo(path, lines):
    with fifo_at(path):
        child = multiprocessing.Process(target=write_pickles, args=(path, lines), daemon=True)
        child.start()
        try:
            return list(read_pickles(path))
        finally:
            child.join()


def add_in_file(path, lock, times):
    lock.acquire()
    try:
        with open(path, "r+b", buffering=0) as file:
            memory = mmap.mmap(file.fileno(), FORM.size)
            for _ in range(times):
                FORM.pack_into(memory, 0, FORM.unpack_from(memory)[0] + 1)
            memory.close()
    finally:
        lock.release()


def count_in_file(path, workers, times):
    lock = multiprocessing.RLock()
    with open(path, "w+b") as file:
        file.write(FORM.pack(0))
        file.flush()
        memory = mmap.mmap(file.fileno(), 0)
    team = []
    try:
        for _ in range(workers):
            team.append(multiprocessing.Process(target=add_in_file, args=(path, lock, times)))
            team[-1].start()
        for process in team:
            process.join()
        return FORM.unpack_from(memory, 0)[0]
    finally:
        memory.close()
        os.unlink(path)
