# expect: delivers_every_result failed -
# expect: delivers_every_error failed -
# expect: calls_at_once failed -
# expect: delivers_as_finished failed -
# expect: delivers_one_at_a_time failed -
# expect: survives_a_failing_callback failed -
# expect: any_call_delivered failed -
# expect: keeps_to_the_form failed -
"""Calls the callbacks in the process that computes, where nobody listens."""

import multiprocessing
import queue
import time


def compute(function, args, on_result, on_error):
    try:
        result = function(*args)
    except Exception as error:
        on_error(error)
    else:
        on_result(result)


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    waiting = list(arguments)
    running = []
    while waiting or running:
        while waiting and len(running) < workers:
            process = multiprocessing.Process(target=compute, args=(function, waiting.pop(0), on_result, on_error))
            process.start()
            running.append(process)
        running.pop(0).join()


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
