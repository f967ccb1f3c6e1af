# expect: collects_what_finished failed -
# expect: stops_the_rest failed -
# expect: counts_time_in_total failed -
"""Catches the built-in TimeoutError; that of multiprocessing is another class."""

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
            return True, self.function(item)
        except Exception as error:
            return False, error


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    finished = {}
    with multiprocessing.Pool(workers) as pool:
        pending = [(item, pool.apply_async(Attempt(function), (item,))) for item in items]
        for item, handle in pending:
            try:
                finished[item] = handle.get(timeout=max(0, end - time.monotonic()))[1]
            except TimeoutError:
                continue
    return finished, [item for item in items if item not in finished]
