# expect: keeps_failures_in_place failed -
"""Catches around the whole map: one exception takes the place of all results."""

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
    try:
        return map_in_order(function, items, workers)
    except Exception as error:
        return [error] * len(items)
