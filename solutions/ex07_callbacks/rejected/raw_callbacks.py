# expect: survives_a_failing_callback timeout -
# may: survives_a_failing_callback hung -
"""Hands the callbacks to the pool as they are: one that raises ends the thread that handles results."""

import multiprocessing
import queue
import time


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    pool = multiprocessing.Pool(workers)
    for args in arguments:
        pool.apply_async(function, args, callback=on_result, error_callback=on_error)
    pool.close()
    pool.join()


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
