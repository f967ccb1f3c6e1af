# expect: passes_an_error_on failed async-result-dropped
"""The tutorial's callback: a call that raises has no result, and nobody asks for the exception."""

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


def map_in_order(function, items, workers: int) -> list:
    results = [None] * len(items)
    pool = multiprocessing.Pool(workers)
    for position, item in enumerate(items):
        pool.apply_async(function, (item,), callback=lambda result, at=position: results.__setitem__(at, result))
    pool.close()
    pool.join()
    return results


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
