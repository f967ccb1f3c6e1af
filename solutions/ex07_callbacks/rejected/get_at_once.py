# expect: calls_at_once failed serial-not-parallel
# expect: delivers_as_finished failed holds-back-others
"""Waits for each call before the next one is handed out."""

import multiprocessing
import queue
import time


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    failure = None
    with multiprocessing.Pool(workers) as pool:
        for args in arguments:
            try:
                deliver, value = on_result, pool.apply_async(function, args).get()
            except Exception as error:
                deliver, value = on_error, error
            try:
                deliver(value)
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
