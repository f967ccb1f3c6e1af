# expect: stops_the_rest failed -
"""Lists only the calls that were running; those that had not begun are forgotten."""

import multiprocessing
import queue
import time
from multiprocessing.connection import wait


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


def compute(connection, function, item):
    try:
        connection.send(function(item))
    except Exception as error:
        connection.send(error)


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    waiting, running, finished = list(items), {}, {}
    while waiting or running:
        while waiting and len(running) < workers:
            mine, theirs = multiprocessing.Pipe(duplex=False)
            item = waiting.pop(0)
            process = multiprocessing.Process(target=compute, args=(theirs, function, item))
            process.start()
            theirs.close()
            running[mine] = item, process
        ready = wait(list(running), max(0, end - time.monotonic()))
        if not ready:
            break
        for connection in ready:
            item, process = running.pop(connection)
            finished[item] = connection.recv()
            process.join()
    for _, process in running.values():
        process.kill()
        process.join()
    return finished, [item for item, _ in running.values()]
