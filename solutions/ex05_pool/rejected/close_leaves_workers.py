# expect: raises_in_turn failed child-left-behind
# expect: leaves_no_process failed child-left-behind
"""Ends its workers after the last result: who stops half-way leaves them there."""

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


def serve(function, tasks, results):
    while (pair := tasks.get()) is not None:
        results.put(Attempt(function)(pair))


def map_in_order(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return pool.map(function, items)


def map_as_finished(function, items, workers: int):
    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [
        multiprocessing.Process(target=serve, args=(function, tasks, results), daemon=True) for _ in range(workers)
    ]
    for process in processes:
        process.start()
    for pair in enumerate(items):
        tasks.put(pair)
    for _ in items:
        position, error, result = results.get()
        if error is not None:
            raise error
        yield position, result
    for _ in processes:
        tasks.put(None)
    for process in processes:
        process.join()


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        found = pool.map(Attempt(function), enumerate(items))
    return [result if error is None else error for _, error, result in found]
