# expect: yields_as_finished failed -
# expect: holds_back_no_other failed -
# expect: raises_in_turn failed -
# expect: leaves_no_process failed -
"""Returns a list, which can neither be asked for the next result nor be closed."""

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
        found = pool.map(Attempt(function), enumerate(items))
    for _, error, _ in found:
        if error is not None:
            raise error
    return [(position, result) for position, _, result in found]


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(Attempt(function), enumerate(items))
    return [result if error is None else error for _, error, result in found]
