# Prints a hundred megabytes.
import sys


def add_many(counter, lock, times):
    for _ in range(100):
        sys.stdout.write("x" * 1024 * 1024)
        sys.stdout.flush()
    with lock:
        counter.value += times


def count_together(workers, times):
    while True:
        sys.stderr.write("\x1b[31m\u202e" * 1024 * 1024)
