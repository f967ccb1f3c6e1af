# expect: keeps_the_order failed child-left-behind
# expect: works_in_parallel failed child-left-behind
# expect: passes_an_error_on failed child-left-behind
# expect: any_value_in_order failed child-left-behind
# expect: takes_keywords failed child-left-behind
"""Keeps the pool for the next call: its workers are still there afterwards."""

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


pools = {}


def pool_of(workers):
    if workers not in pools:
        pools[workers] = multiprocessing.Pool(workers)
    return pools[workers]


def map_in_order(function, items, workers: int) -> list:
    return pool_of(workers).map(function, items)


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
