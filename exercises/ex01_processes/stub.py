"""ex01 · Start, wait, exit codes: processes, one for each job.

A job takes no argument and can be pickled: a function of a module, a `functools.partial`, an instance with `__call__`.
"""

from collections.abc import Callable


def run_all(jobs: dict[str, Callable[[], object]]) -> dict[str, int]:
    """Run each job in a process of its own, named by its key; return every exit code, in the order of `jobs`.

    All processes are started before any is waited for. A job that returns ends with 0, one that raises with 1,
    `sys.exit(3)` with 3, one that signal n has killed with -n; the others are not disturbed.
    """
    raise NotImplementedError


def run_with_deadline(job: Callable[[], object], seconds: float) -> int | None:
    """Run the job in a process; return its exit code.

    Return None if it was still running `seconds` after its process was started; then it has been stopped for good, even
    if it ignores SIGTERM. One that ended in time is never None.
    """
    raise NotImplementedError
