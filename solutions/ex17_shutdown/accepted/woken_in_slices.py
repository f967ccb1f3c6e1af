"""Right: a signal writes into a pipe, of which the worker takes any byte for SIGTERM; it waits in slices."""

import os
import queue
import signal
from multiprocessing import connection


def stop(process, seconds):
    process.join(0)
    if process.exitcode is not None:
        return "finished"
    process.terminate()
    process.join(seconds)
    if process.exitcode is not None:
        return "stopped"
    process.kill()
    process.join()
    return "killed"


def run_worker(tasks, results, work):
    rd, wr = os.pipe()
    os.set_blocking(rd, False)
    os.set_blocking(wr, False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.set_wakeup_fd(wr, warn_on_full_buffer=False)
    while True:
        ready = connection.wait([rd, tasks._reader], timeout=0.3)
        if rd in ready:
            break
        if not ready:
            continue
        try:
            item = tasks.get(timeout=0.1)
        except queue.Empty:
            continue
        results.put(work(item))
    results.close()
    results.join_thread()
