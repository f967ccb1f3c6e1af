# expect: raises_in_turn failed -
"""Takes a queue.Empty of the function for an empty queue of its own."""

import multiprocessing as mp
from queue import Empty


def map_in_order(function, items, workers):
    pool = mp.Pool(workers)
    try:
        return pool.map(function, items, chunksize=1)
    finally:
        pool.close()
        pool.join()


class Safe:
    def __init__(self, function):
        self.function = function

    def __call__(self, item):
        try:
            return self.function(item)
        except Exception as error:
            return error


def map_safely(function, items, workers):
    return map_in_order(Safe(function), items, workers)


def _serve(tasks, results, function):
    while (task := tasks.get()) is not None:
        number, item = task
        try:
            results.put((True, number, function(item)))
        except Exception as error:
            results.put((False, number, error))


def map_as_finished(function, items, workers):
    tasks, results = mp.Queue(), mp.Queue()
    group = [mp.Process(target=_serve, args=(tasks, results, function)) for _ in range(workers)]
    for task in enumerate(items):
        tasks.put(task)
    for process in group:
        tasks.put(None)
        process.start()
    left = len(items)
    try:
        while left:
            try:
                good, number, value = results.get(timeout=1)
                left -= 1
                if not good:
                    raise value
                yield number, value
            except Empty:
                continue
    finally:
        for process in group:
            process.terminate() if left else None
            process.join()
