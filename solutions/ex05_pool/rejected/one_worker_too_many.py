# expect: holds_back_no_other failed too-many-at-once
"""Counts from 0 to `workers`: one worker more than asked for."""

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
    processes = []
    while len(processes) <= workers:
        process = multiprocessing.Process(target=serve, args=(function, tasks, results))
        process.start()
        processes.append(process)
    for pair in enumerate(items):
        tasks.put(pair)
    try:
        for _ in items:
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
