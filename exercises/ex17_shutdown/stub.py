"""ex17 · Ending well: signals, and what is to be finished before the end.

`process` is a `multiprocessing.Process` (of any start method) that the caller has started and that nobody else waits
for. `tasks` and `results` are `multiprocessing.Queue`s, and `work` can be pickled.
"""

from collections.abc import Callable


def stop(process, seconds: float) -> str:
    """End a process; return how it has ended.

    "finished" if it had already ended; "stopped" if it ended within `seconds` (an int or a float) after SIGTERM,
    whatever its exit code; else "killed". It is reaped in each case, and the object is not closed.
    """
    raise NotImplementedError


def run_worker(tasks, results, work: Callable[[object], object]) -> None:
    """Be the body of a worker process: take items from `tasks`, put `work(item)` on `results`, until SIGTERM comes.

    On SIGTERM, finish the item in hand, take no other, deliver all that was put and let the process exit with code 0,
    promptly also when it is idle; a second SIGTERM changes nothing. An exception of `work` ends the process with exit
    code 1. (A signal before the worker's first sign of life is not its business.)
    """
    raise NotImplementedError
