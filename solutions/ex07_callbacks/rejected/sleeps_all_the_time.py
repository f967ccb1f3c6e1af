# expect: returns_early timeout -
# expect: counts_failures_as_finished skipped -
# expect: any_item_in_time skipped -
# expect: keeps_to_the_form skipped -
"""Sleeps for all the seconds, whether or not there is something to wait for."""

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


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    finished = {}
    with multiprocessing.Pool(workers) as pool:
        pending = [(item, pool.apply_async(function, (item,))) for item in items]
        time.sleep(seconds)
        for item, handle in pending:
            if handle.ready():
                try:
                    finished[item] = handle.get()
                except Exception as error:
                    finished[item] = error
    return finished, [item for item in items if item not in finished]
