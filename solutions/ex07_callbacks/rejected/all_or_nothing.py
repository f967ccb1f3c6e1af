# expect: collects_what_finished failed -
"""Asks for all results at once: if one is missing, there are none."""

import multiprocessing
import queue
import time


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
            return self.function(item)
        except Exception as error:
            return error


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    with multiprocessing.Pool(workers) as pool:
        try:
            results = pool.map_async(Attempt(function), items, chunksize=1).get(timeout=seconds)
        except multiprocessing.TimeoutError:
            return {}, list(items)
    return dict(zip(items, results)), []
