"""A process and a pipe for each call, at most `workers` at a time; `wait` says who is ready."""

import multiprocessing
import time
from multiprocessing.connection import wait


def compute(connection, function, args):
    try:
        answer = (True, function(*args))
    except Exception as error:
        answer = (False, error)
    connection.send(answer)
    connection.close()


def outcomes(function, calls, workers, left):
    """Yield (number, fine, value) as they come, as long as `left()` seconds are left."""
    waiting, running = list(enumerate(calls)), {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                number, args = waiting.pop(0)
                mine, theirs = multiprocessing.Pipe(duplex=False)
                process = multiprocessing.Process(target=compute, args=(theirs, function, args))
                process.start()
                theirs.close()
                running[mine] = number, process
            ready = wait(list(running), left())
            if not ready:
                return
            for connection in ready:
                number, process = running.pop(connection)
                fine, value = connection.recv()
                connection.close()
                process.join()
                yield number, fine, value
    finally:
        for connection, (_, process) in running.items():
            process.kill()
            process.join()
            connection.close()


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    problems = []
    for _, fine, value in outcomes(function, arguments, workers, lambda: None):
        try:
            on_result(value) if fine else on_error(value)
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    end = time.monotonic() + seconds
    found = {}
    calls = [(item,) for item in items]
    for number, _, value in outcomes(function, calls, workers, lambda: max(0, end - time.monotonic())):
        found[items[number]] = value
    return found, [item for item in items if item not in found]
