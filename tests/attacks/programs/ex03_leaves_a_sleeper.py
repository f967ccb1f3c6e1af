# Leaves a process in a session of its own that holds every descriptor.
import ctypes
import os
import time


def add_many(counter, lock, times):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        ctypes.CDLL(None).prctl(15, b"\xff\x1b[31m", 0, 0, 0)
        time.sleep(1000)
        os._exit(0)
    os.wait()
    with lock:
        counter.value += times
