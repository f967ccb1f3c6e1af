"""A multiprocessing.Pool: `map`, `imap_unordered`, and wrappers that say what became of a call."""

import multiprocessing


class Numbered:
    """Calls the function with the item of a (position, item) pair; keeps the position, and an exception as a value."""

    def __init__(self, function):
        self.function = function

    def __call__(self, pair):
        position, item = pair
        try:
            return position, True, self.function(item)
        except Exception as error:
            return position, False, error


def map_in_order(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return pool.map(function, items)


def map_as_finished(function, items, workers: int):
    with multiprocessing.Pool(workers) as pool:
        for position, fine, result in pool.imap_unordered(Numbered(function), enumerate(items)):
            if not fine:
                raise result
            yield position, result


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return [result for _, _, result in pool.map(Numbered(function), enumerate(items))]
