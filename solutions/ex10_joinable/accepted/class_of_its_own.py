"""Right: STOP is an object that knows itself again after a journey; workers are objects, too."""

import multiprocessing


class Stop:
    def __reduce__(self):
        return "STOP"


STOP = Stop()


class Worker(multiprocessing.Process):
    def __init__(self, tasks, results, handle):
        super().__init__()
        self.args = tasks, results, handle

    def run(self):
        worker(*self.args)


def taken(tasks):
    while True:
        item = tasks.get()
        if item is not STOP:
            yield item
        tasks.task_done()
        if item is STOP:
            return


def worker(tasks, results, handle):
    for item in taken(tasks):
        try:
            result = handle(item)
        except Exception as error:
            result = error
        results.put((item, result))


def process_all(items, handle, workers):
    tasks, results = multiprocessing.JoinableQueue(2), multiprocessing.SimpleQueue()
    team = [Worker(tasks, results, handle) for _ in range(workers)]
    for process in team:
        process.start()
    pairs = []
    waiting = list(items) + [STOP] * workers
    for position, item in enumerate(waiting):
        tasks.put(item)
        while not results.empty():
            pairs.append(results.get())
    while len(pairs) < len(items):
        pairs.append(results.get())
    for process in team:
        process.join()
        process.close()
    return pairs
