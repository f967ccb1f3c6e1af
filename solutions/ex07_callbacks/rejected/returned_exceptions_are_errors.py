# expect: delivers_every_error failed -
"""Takes every exception object for a failure, even one that the function returned."""

import multiprocessing
import queue
import time


class Attempt:
    def __init__(self, function):
        self.function = function

    def __call__(self, args):
        try:
            return self.function(*args)
        except Exception as error:
            return error


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    failure = None
    with multiprocessing.Pool(workers) as pool:
        for value in pool.imap_unordered(Attempt(function), arguments):
            try:
                (on_error if isinstance(value, Exception) else on_result)(value)
            except Exception as error:
                failure = failure or error
    if failure is not None:
        raise failure


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    finished = {}
    with multiprocessing.Pool(workers) as pool:
        pending = [(item, pool.apply_async(function, (item,))) for item in items]
        for item, handle in pending:
            handle.wait(max(0.0, end - time.monotonic()))
            if handle.ready():
                try:
                    finished[item] = handle.get()
                except Exception as error:
                    finished[item] = error
    return finished, [item for item in items if item not in finished]
