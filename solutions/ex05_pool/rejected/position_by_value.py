# expect: any_value_as_finished failed -
"""Looks for the position of an item by its value: equal items get the same position."""

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


class Remembering:
    def __init__(self, function):
        self.function = function

    def __call__(self, item):
        return item, self.function(item)


def map_in_order(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return pool.map(function, items)


def map_as_finished(function, items, workers: int):
    with multiprocessing.Pool(workers) as pool:
        for item, result in pool.imap_unordered(Remembering(function), items):
            yield items.index(item), result


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(Attempt(function), enumerate(items))
    return [result if error is None else error for _, error, result in found]
