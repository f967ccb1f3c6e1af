"""ex10 · task_done and join: a queue that knows when everything on it has been dealt with.

`tasks` is a `multiprocessing.JoinableQueue`, `results` a `multiprocessing.Queue`. `handle` takes an item and can be
pickled. Items and results are any picklable values, falsy ones and several megabytes included; only `STOP` is never an
item.
"""

STOP = "STOP"  # stays here: who puts it on the queue takes it from this module


def worker(tasks, results, handle) -> None:
    """Take items from the queue `tasks` until `STOP` is taken; take nothing after it.

    Put `(item, handle(item))` on `results`, or `(item, exception)` if it raised. Acknowledge each item that was taken,
    `STOP` too, with `tasks.task_done()`: exactly once, and not before its result was put.
    """
    raise NotImplementedError


def process_all(items, handle, workers: int) -> list:
    """Return those pairs for all items, in any order, using `worker` in `workers` processes.

    `handle` can run in all of them at once. A pair holds the item as the worker got it (an equal copy). Works under
    every start method, leaves no process behind and prints nothing.
    """
    raise NotImplementedError
