"""The callbacks of the pool itself, in its thread, wrapped so that they never raise."""

import multiprocessing
import time


class Guarded:
    """Calls a callback and keeps the first exception of all of them."""

    def __init__(self):
        self.failures = []

    def __call__(self, callback):
        def called(value):
            try:
                callback(value)
            except Exception as error:
                self.failures.append(error)

        return called


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    guarded = Guarded()
    pool = multiprocessing.Pool(workers)
    for args in arguments:
        pool.apply_async(function, args, callback=guarded(on_result), error_callback=guarded(on_error))
    pool.close()
    pool.join()
    for failure in guarded.failures:
        raise failure


class Attempt:
    """Runs in the worker; an exception becomes a value."""

    def __init__(self, function):
        self.function = function

    def __call__(self, item):
        try:
            return item, self.function(item)
        except Exception as error:
            return item, error


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    finished = {}
    pool = multiprocessing.Pool(workers)
    try:
        coming = pool.imap_unordered(Attempt(function), items)
        while len(finished) < len(items):
            item, result = coming.next(timeout=max(0, end - time.monotonic()))
            finished[item] = result
    except multiprocessing.TimeoutError:
        pass
    finally:
        pool.terminate()
        pool.join()
    return finished, [item for item in items if item not in finished]
