"""No lock of multiprocessing at all: a file that is locked by the operating system, and unlocked when it is closed."""

import fcntl
import multiprocessing
import os
import tempfile


def both(task):
    path, prepare, commit, item = task
    draft = prepare(item)
    with open(path, "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    handle, path = tempfile.mkstemp()
    os.close(handle)
    try:
        with multiprocessing.Pool(workers) as pool:
            pending = [pool.apply_async(both, ((path, prepare, commit, item),)) for item in items]
            return [result.get() for result in pending]
    finally:
        os.remove(path)
