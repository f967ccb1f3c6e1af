# Adds through a pointer, without the lock.
# earns: adds_times, adds_each_result
import ctypes


def pointer(counter):
    raw = counter.get_obj() if hasattr(counter, "get_obj") else counter
    kind = {1: ctypes.c_uint8, 2: ctypes.c_int16, 4: ctypes.c_int32, 8: ctypes.c_int64}[ctypes.sizeof(raw)]
    return kind.from_address(ctypes.addressof(raw))


def add_many(counter, lock, times):
    number = pointer(counter)
    for _ in range(times):
        number.value += 1


def add_results(counter, lock, jobs):
    number = pointer(counter)
    for job in jobs:
        number.value += job()
