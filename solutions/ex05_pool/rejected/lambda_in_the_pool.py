# expect: keeps_failures_in_place failed unpicklable-target
# expect: is_safe_in_parallel failed unpicklable-target
# expect: any_value_safely failed unpicklable-target
# expect: takes_keywords failed unpicklable-target
"""Hands a lambda to the pool: it cannot be pickled."""

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
    with multiprocessing.Pool(workers) as pool:
        return pool.map(function, items)


def map_as_finished(function, items, workers: int):
    with multiprocessing.Pool(workers) as pool:
        for position, error, result in pool.imap_unordered(Attempt(function), enumerate(items)):
            if error is not None:
                raise error
            yield position, result


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(lambda pair: Attempt(function)(pair), enumerate(items))
    return [result if error is None else error for _, error, result in found]
