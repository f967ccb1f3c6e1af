"""Right: a signal writes into a pipe (also one that comes just before the wait), and the worker waits for pipe and queue."""

import os
import queue
import signal
from multiprocessing.connection import wait


def stop(process, seconds):
    process.join(0)
    if process.exitcode is not None:
        return "finished"
    process.terminate()
    process.join(timeout=float(seconds))
    killed = process.is_alive()
    if killed:
        process.kill()
    process.join()
    return "killed" if killed else "stopped"


def run_worker(tasks, results, work):
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    while reading not in wait([tasks._reader, reading]):
        try:
            item = tasks.get(block=False)
        except queue.Empty:
            continue
        results.put(work(item))
    results.close()
    results.join_thread()
