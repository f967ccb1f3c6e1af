# expect: survives_a_failing_callback failed exception-swallowed
"""`add_done_callback` logs what a callback raises, and goes on: nobody hears of it."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    def deliver(future):
        error = future.exception()
        if error is None:
            on_result(future.result())
        else:
            on_error(error)

    with ProcessPoolExecutor(workers) as executor:
        for args in arguments:
            executor.submit(function, *args).add_done_callback(deliver)


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
