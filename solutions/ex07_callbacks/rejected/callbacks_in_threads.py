# expect: delivers_one_at_a_time failed -
"""A thread for each call waits for its result and calls the callback: two of them may do so at once."""

import multiprocessing
import threading
import time


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    failures = []

    def attend(handle):
        try:
            deliver, value = on_result, handle.get()
        except Exception as error:
            deliver, value = on_error, error
        try:
            deliver(value)
        except Exception as error:
            failures.append(error)

    with multiprocessing.Pool(workers) as pool:
        threads = [threading.Thread(target=attend, args=(pool.apply_async(function, args),)) for args in arguments]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]


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
