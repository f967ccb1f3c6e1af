# expect: keeps_to_the_form failed printed-output
"""Wrong: prints what a callback raised."""

import multiprocessing
import queue
import threading
import time


def submit_all(function, arguments, workers, on_result, on_error):
    answers = queue.Queue()
    failures = []
    with multiprocessing.Pool(workers) as pool:
        for args in arguments:
            pool.apply_async(
                function,
                args,
                callback=lambda value: answers.put((on_result, value)),
                error_callback=lambda error: answers.put((on_error, error)),
            )
        for _ in arguments:
            callback, value = answers.get()
            try:
                callback(value)
            except Exception as error:
                print("callback failed:", error)
                failures.append(error)
        pool.close()
        pool.join()
    if failures:
        raise failures[0]


def run_until(function, items, workers, seconds):
    end = time.monotonic() + seconds
    finished = {}
    with multiprocessing.Pool(workers) as pool:
        answers = queue.Queue()
        for item in items:
            put = lambda value, item=item: answers.put((item, value))
            pool.apply_async(function, (item,), callback=put, error_callback=put)
        while len(finished) < len(items):
            try:
                item, value = answers.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                break
            finished[item] = value
    return finished, [item for item in items if item not in finished]
