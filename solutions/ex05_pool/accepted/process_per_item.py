"""A process and a pipe for each item, at most `workers` of them at a time, the last item first."""

import multiprocessing
from multiprocessing.connection import wait


def compute(connection, function, item):
    with connection:
        try:
            outcome = ("result", function(item))
        except Exception as error:
            outcome = ("error", error)
        connection.send(outcome)


class Race:
    """An iterator over (position, kind, value); `close()` ends what still runs."""

    def __init__(self, function, items, workers):
        self.function = function
        self.waiting = list(enumerate(items))
        self.workers = workers
        self.running = {}

    def __iter__(self):
        return self

    def __next__(self):
        while self.waiting and len(self.running) < self.workers:
            self.begin(*self.waiting.pop())
        if not self.running:
            raise StopIteration
        ready = wait(list(self.running))[0]
        position, process = self.running[ready]
        kind, value = ready.recv()
        self.end(ready)
        return position, kind, value

    def begin(self, position, item):
        mine, yours = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=compute, args=(yours, self.function, item))
        process.start()
        yours.close()
        self.running[mine] = (position, process)

    def end(self, connection):
        _, process = self.running.pop(connection)
        process.join()
        process.close()
        connection.close()

    def close(self):
        self.waiting = []
        for _, process in self.running.values():
            process.kill()
        for connection in list(self.running):
            self.end(connection)


class AsFinished:
    """What `map_as_finished` returns: not a generator, but it can be iterated over and closed."""

    def __init__(self, race):
        self.race = race

    def __iter__(self):
        return self

    def __next__(self):
        position, kind, value = next(self.race)
        if kind == "error":
            self.race.close()
            raise value
        return position, value

    def close(self):
        self.race.close()


def map_as_finished(function, items, workers: int):
    return AsFinished(Race(function, items, workers))


def map_in_order(function, items, workers: int) -> list:
    return [value for _, value in sorted(map_as_finished(function, items, workers), key=lambda pair: pair[0])]


def map_safely(function, items, workers: int) -> list:
    return [value for _, _, value in sorted(Race(function, items, workers), key=lambda triple: triple[0])]
