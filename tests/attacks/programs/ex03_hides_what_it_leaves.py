# Leaves shared memory behind, beside a file whose name is no text.
import os
from multiprocessing import resource_tracker, shared_memory


def leave():
    block = shared_memory.SharedMemory(name=f"attack-{os.getpid()}", create=True, size=1000)
    resource_tracker.unregister(block._name, "shared_memory")
    block.close()
    for folder in (b"/tmp", b"/dev/shm", b"/work"):
        with open(folder + b"/\xff\xfe%d" % os.getpid(), "wb"):
            pass


def add_many(counter, lock, times):
    leave()
    with lock:
        counter.value += times


def update(counter, lock, change):
    leave()
    with lock:
        counter.value = value = change(counter.value)
    return value
