"""Two queues and a sentinel for each worker; all calls are put on the queue at once."""

import multiprocessing


def worker(function, calls, answers):
    while (call := calls.get()) is not None:
        position, item = call
        try:
            answers.put((position, True, function(item)))
        except Exception as error:
            answers.put((position, False, error))


def _finished(function, items, workers):
    calls, answers = multiprocessing.Queue(), multiprocessing.Queue()
    staff = [multiprocessing.Process(target=worker, args=(function, calls, answers)) for _ in range(workers)]
    for process in staff:
        process.start()
    try:
        for call in enumerate(items):
            calls.put(call)
        for process in staff:
            calls.put(None)
        for _ in items:
            yield answers.get()
    finally:
        for process in staff:
            process.terminate()
        for process in staff:
            process.join()


def map_in_order(function, items, workers: int) -> list:
    results = [None] * len(items)
    for position, fine, result in _finished(function, items, workers):
        if not fine:
            raise result
        results[position] = result
    return results


def map_as_finished(function, items, workers: int):
    for position, fine, result in _finished(function, items, workers):
        if not fine:
            raise result
        yield position, result


def map_safely(function, items, workers: int) -> list:
    results = dict((position, result) for position, _, result in _finished(function, items, workers))
    return [results[position] for position in range(len(items))]
