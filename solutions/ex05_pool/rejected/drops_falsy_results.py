# expect: any_value_in_order failed falsy-item
"""Filters out what it takes for `no result`: 0, False, None and empty ones."""

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
        handles = [pool.apply_async(function, (item,)) for item in items]
        results = []
        for handle in handles:
            if result := handle.get():
                results.append(result)
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
