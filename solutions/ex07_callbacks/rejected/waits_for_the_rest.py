# expect: collects_what_finished failed -
# expect: stops_the_rest failed -
"""Leaves the `with` block of an executor, which waits for the calls that are running."""

import multiprocessing
import queue
from concurrent.futures import ProcessPoolExecutor, wait


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
    with ProcessPoolExecutor(workers) as executor:
        futures = {item: executor.submit(function, item) for item in items}
        done, pending = wait(futures.values(), timeout=seconds)
        for future in pending:
            future.cancel()
    finished = {item: future.exception() or future.result() for item, future in futures.items() if future in done}
    return finished, [item for item in items if item not in finished]
