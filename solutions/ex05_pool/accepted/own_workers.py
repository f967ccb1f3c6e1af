"""No pool at all: worker processes that take (position, item) from one queue and put what came of it on another."""

import multiprocessing as mp

NO_MORE = None


def work(function, tasks, results):
    for position, item in iter(tasks.get, NO_MORE):
        try:
            answer = (position, None, function(item))
        except Exception as error:
            answer = (position, error, None)
        results.put(answer)


def answers(function, items, workers):
    """Yield (position, error, result) as they come; whatever happens, the workers have ended afterwards."""
    tasks, results = mp.SimpleQueue(), mp.Queue()
    processes = [mp.Process(target=work, args=(function, tasks, results)) for _ in range(min(workers, len(items)))]
    for process in processes:
        process.start()
    waiting = list(enumerate(items))
    waiting.reverse()
    running = 0
    try:
        while waiting or running:
            while waiting and running < workers:
                tasks.put(waiting.pop())
                running += 1
            answer = results.get()
            running -= 1
            yield answer
    finally:
        for _ in processes:
            tasks.put(NO_MORE)
        for _ in range(running):
            results.get()
        for process in processes:
            process.join()
        results.close()
        tasks.close()


def map_in_order(function, items, workers: int) -> list:
    found = [None] * len(items)
    for position, error, result in answers(function, items, workers):
        if error is not None:
            raise error
        found[position] = result
    return found


def map_as_finished(function, items, workers: int):
    coming = answers(function, items, workers)
    try:
        for position, error, result in coming:
            if error is not None:
                raise error
            yield position, result
    finally:
        coming.close()


def map_safely(function, items, workers: int) -> list:
    found = {}
    for position, error, result in answers(function, items, workers):
        found[position] = result if error is None else error
    return [found[position] for position in range(len(items))]
