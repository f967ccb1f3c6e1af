# expect: raises_in_turn failed -
"""An iterator that raises the exception, and then goes on with the other results."""

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


class Finished:
    def __init__(self, function, items, workers):
        self.pool = multiprocessing.Pool(workers)
        self.coming = self.pool.imap_unordered(Attempt(function), enumerate(items))

    def __iter__(self):
        return self

    def __next__(self):
        try:
            position, error, result = next(self.coming)
        except StopIteration:
            self.close()
            raise
        if error is not None:
            raise error
        return position, result

    def close(self):
        self.pool.terminate()
        self.pool.join()


def map_as_finished(function, items, workers: int):
    return Finished(function, items, workers)


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(Attempt(function), enumerate(items))
    return [result if error is None else error for _, error, result in found]
