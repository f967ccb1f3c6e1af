# expect: any_item_in_time failed -
"""Takes an item whose result is empty for one that has not finished."""

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
    end = time.monotonic() + seconds
    finished = dict.fromkeys(items)
    with multiprocessing.Pool(workers) as pool:
        pending = [(item, pool.apply_async(function, (item,))) for item in items]
        for item, handle in pending:
            handle.wait(max(0.0, end - time.monotonic()))
            if handle.ready():
                try:
                    finished[item] = handle.get()
                except Exception as error:
                    finished[item] = error
    unfinished = [item for item in items if not finished[item]]
    for item in unfinished:
        del finished[item]
    return finished, unfinished
