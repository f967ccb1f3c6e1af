# expect: survives_a_failing_callback failed exception-swallowed
"""Takes a queue.Empty of a callback for an empty queue of its own."""

import multiprocessing
import queue
import time


def submit_all(function, arguments, workers, on_result, on_error):
    finished = queue.SimpleQueue()
    failure = None
    left = len(arguments)
    with multiprocessing.Pool(workers) as pool:
        for args in arguments:
            pool.apply_async(
                function,
                args,
                callback=lambda result: finished.put((on_result, result)),
                error_callback=lambda error: finished.put((on_error, error)),
            )
        while left:
            try:
                deliver, value = finished.get(timeout=1)
                left -= 1
                deliver(value)
            except queue.Empty:
                continue
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


def run_until(function, items, workers, seconds):
    end = time.monotonic() + seconds
    finished = {}
    with multiprocessing.Pool(workers) as pool:
        handles = [(item, pool.apply_async(Attempt(function), (item,))) for item in items]
        for item, handle in handles:
            try:
                finished[item] = handle.get(timeout=max(0, end - time.monotonic()))
            except multiprocessing.TimeoutError:
                pass
    return finished, [item for item in items if item not in finished]
