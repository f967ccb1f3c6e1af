# expect: keeps_failures_in_place failed unpicklable-target
# expect: is_safe_in_parallel failed unpicklable-target
# expect: takes_keywords failed unpicklable-target
"""A function inside a function as target: works under fork, cannot be pickled under spawn."""

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
    tasks, results = multiprocessing.SimpleQueue(), multiprocessing.Queue()

    def serve():
        while (pair := tasks.get()) is not None:
            results.put(Attempt(function)(pair))

    processes = [multiprocessing.Process(target=serve) for _ in range(workers)]
    for process in processes:
        process.start()
    for pair in enumerate(items):
        tasks.put(pair)
    for _ in processes:
        tasks.put(None)
    found = sorted((results.get() for _ in items), key=lambda answer: answer[0])
    for process in processes:
        process.join()
    return [result if error is None else error for _, error, result in found]
