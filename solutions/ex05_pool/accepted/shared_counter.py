"""All workers have the whole list and draw the next position from a shared counter; each answers over its own pipe."""

import contextlib
import multiprocessing as mp
from functools import partial
from multiprocessing.connection import wait


def attempt(function, item):
    try:
        return True, function(item)
    except Exception as error:
        return False, error


def serve(connection, counter, function, items):
    while True:
        with counter.get_lock():
            position = counter.value
            counter.value += 1
        if position >= len(items):
            connection.close()
            return
        connection.send((position, *attempt(function, items[position])))


@contextlib.contextmanager
def staff(function, items, workers):
    counter = mp.Value("q", 0)
    ends, processes = [], []
    try:
        for _ in range(workers):
            mine, theirs = mp.Pipe()
            process = mp.Process(target=serve, args=(theirs, counter, function, list(items)))
            process.start()
            theirs.close()
            ends.append(mine)
            processes.append(process)
        yield ends
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        for end in ends:
            end.close()


def answers(function, items, workers):
    with staff(function, items, workers) as ends:
        expected = len(items)
        while expected:
            for end in wait(ends):
                try:
                    answer = end.recv()
                except EOFError:
                    ends.remove(end)
                    end.close()
                    continue
                expected -= 1
                yield answer


def arranged(function, items, workers):
    return [answer[1:] for answer in sorted(answers(function, items, workers), key=lambda answer: answer[0])]


def map_in_order(function, items, workers: int) -> list:
    results = []
    for fine, result in arranged(function, items, workers):
        if not fine:
            raise result
        results.append(result)
    return results


def map_as_finished(function, items, workers: int):
    with contextlib.closing(answers(function, items, workers)) as coming:
        for position, fine, result in coming:
            if not fine:
                raise result
            yield position, result


def map_safely(function, items, workers: int) -> list:
    return [result for _, (_, result) in arranged(partial(attempt, function), items, workers)]
