"""ex03 · No update lost: several processes, one counter, one lock.

`counter` is a `multiprocessing.Value` of an integer type. It may have a lock of its own (which is never `lock`), or
none: `Value("i", 0, lock=False)`. `lock` is a `multiprocessing.Lock` that everybody who touches the counter shares.
"""

from collections.abc import Callable


def add_many(counter, lock, times: int) -> None:
    """Add 1 to the counter, `times` times.

    No addition is lost, whoever else adds meanwhile. Holding the lock for all of them is allowed.
    """
    raise NotImplementedError


def count_together(workers: int, times: int) -> int:
    """Let `workers` processes add `times` each to one counter; return what it shows in the end.

    Works under every start method, leaves no process behind and prints nothing.
    """
    raise NotImplementedError


def update(counter, lock, change: Callable[[int], int]) -> int:
    """Set the value to `change(value)` as one step, and return the new value.

    If `change` raises, so does `update`: then the value is unchanged and the lock is free.
    """
    raise NotImplementedError


def add_results(counter, lock, jobs: list[Callable[[], int]]) -> None:
    """Call each job, in order, and add its result to the counter.

    Jobs of different processes can run at once: the lock is not held while a job runs. No result is lost. If a job
    raises, so does `add_results`: what earlier jobs returned stays added, and the lock is free.
    """
    raise NotImplementedError
