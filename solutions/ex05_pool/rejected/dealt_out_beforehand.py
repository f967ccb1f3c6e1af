# expect: holds_back_no_other failed holds-back-others
"""Deals the items out like cards: what lies under a slow one waits, though others are idle."""

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


def serve(function, pairs, results):
    for pair in pairs:
        results.put(Attempt(function)(pair))


def map_in_order(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return pool.map(function, items)


def map_as_finished(function, items, workers: int):
    pairs = list(enumerate(items))
    results = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=serve, args=(function, pairs[number::workers], results))
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    try:
        for _ in pairs:
            position, error, result = results.get()
            if error is not None:
                raise error
            yield position, result
    finally:
        for process in processes:
            process.terminate()
            process.join()


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(Attempt(function), enumerate(items))
    return [result if error is None else error for _, error, result in found]
