"""Right: the signal is blocked except while the worker waits for an item; then the handler exits."""

import signal
import sys
import time

TERM = {signal.SIGTERM}


def stop(process, seconds):
    if process.is_alive():
        process.terminate()
        end = time.monotonic() + seconds
        while process.is_alive() and time.monotonic() < end:
            time.sleep(0.01)
        if process.is_alive():
            process.kill()
            process.join()
            return "killed"
        return "stopped"
    return "finished"


def leave(number, frame):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def run_worker(tasks, results, work):
    signal.pthread_sigmask(signal.SIG_BLOCK, TERM)
    signal.signal(signal.SIGTERM, leave)
    while True:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, TERM)
        while tasks.empty():
            time.sleep(0.02)
        signal.pthread_sigmask(signal.SIG_BLOCK, TERM)
        results.put(work(tasks.get()))
