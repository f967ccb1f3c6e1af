# expect: delivers_every_result failed -
# expect: delivers_every_error failed -
# expect: calls_at_once failed -
# expect: delivers_as_finished failed holds-back-others
# expect: delivers_one_at_a_time failed -
# expect: survives_a_failing_callback failed -
# expect: any_call_delivered failed -
# expect: keeps_to_the_form failed -
"""Leaves the `with` block, which terminates the pool, before anything has finished."""

import multiprocessing
import queue
import time


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    with multiprocessing.Pool(workers) as pool:
        for args in arguments:
            pool.apply_async(function, args, callback=on_result, error_callback=on_error)


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
