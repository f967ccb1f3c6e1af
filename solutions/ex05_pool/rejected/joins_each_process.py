# expect: works_in_parallel failed serial-not-parallel
"""Starts and joins in the same loop: one process after the other."""

import multiprocessing


class Attempt:
    def __init__(self, function):
        self.function = function

    def __call__(self, pair):
        position, item = pair
        try:
            return position, None, self.function(item)
        except Exception as error:
            return position, error, None


def compute(function, position, item, results):
    results.put(Attempt(function)((position, item)))


def map_in_order(function, items, workers: int) -> list:
    results = multiprocessing.Queue()
    found = []
    for position, item in enumerate(items):
        process = multiprocessing.Process(target=compute, args=(function, position, item, results))
        process.start()
        found.append(results.get())
        process.join()
    for _, error, _ in found:
        if error is not None:
            raise error
    return [result for _, _, result in found]


def map_as_finished(function, items, workers: int):
    with multiprocessing.Pool(workers) as pool:
        for position, error, result in pool.imap_unordered(Attempt(function), enumerate(items)):
            if error is not None:
                raise error
            yield position, result


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(Attempt(function), enumerate(items))
    return [result if error is None else error for _, error, result in found]
