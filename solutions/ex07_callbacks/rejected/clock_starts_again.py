# expect: counts_time_in_total failed timeout-per-item
"""Every result that comes starts the clock again."""

import multiprocessing
import queue


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    finished = queue.SimpleQueue()
    failure = None
    with multiprocessing.Pool(workers) as pool:
        for args in arguments:
            pool.apply_async(
                function,
                args,
                callback=lambda result: finished.put((on_result, result)),
                error_callback=lambda error: finished.put((on_error, error)),
            )
        for _ in arguments:
            deliver, value = finished.get()
            try:
                deliver(value)
            except Exception as error:
                failure = failure or error
    if failure is not None:
        raise failure


class Attempt:
    def __init__(self, function):
        self.function = function

    def __call__(self, item):
        try:
            return item, self.function(item)
        except Exception as error:
            return item, error


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    finished = {}
    with multiprocessing.Pool(workers) as pool:
        coming = pool.imap_unordered(Attempt(function), items)
        try:
            for _ in items:
                item, result = coming.next(timeout=seconds)
                finished[item] = result
        except multiprocessing.TimeoutError:
            pass
    return finished, [item for item in items if item not in finished]
