"""ex15 · At most n at once: a semaphore counts how many may.

`semaphore` is a `multiprocessing.Semaphore` or `BoundedSemaphore` that others use, too. A job takes no argument and can
be pickled.
"""

from collections.abc import Callable


def use_slot(semaphore, job: Callable[[], object], seconds: float) -> bool:
    """Run `job()` while holding one slot of the semaphore, waiting up to `seconds` (an int or a float) for it.

    Return True when it has run; return False, without running it, if there was no slot in all that time. The slot is
    given back even if `job` raises (then so does `use_slot`), and only if it was got.
    """
    raise NotImplementedError


def run_limited(jobs: list[Callable[[], object]], limit: int) -> list[int]:
    """Run each job in a process of its own; return the exit codes in the order of `jobs`.

    At most `limit` jobs run at the same time, and that many can: as soon as one has ended, by returning or raising,
    another may begin.
    """
    raise NotImplementedError
