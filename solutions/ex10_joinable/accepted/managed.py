"""Right: queues of a manager, and workers that are tasks of an executor."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

STOP = ("stop", 20261128)


def worker(tasks, results, handle):
    going_on = True
    while going_on:
        item = tasks.get()
        if type(item) is tuple and item == STOP:
            going_on = False
        else:
            try:
                outcome = handle(item)
            except Exception as error:
                outcome = error
            results.put((item, outcome))
        tasks.task_done()


def process_all(items, handle, workers):
    with multiprocessing.Manager() as manager, ProcessPoolExecutor(workers) as executor:
        tasks, results = manager.JoinableQueue(), manager.Queue()
        for item in items:
            tasks.put(item)
        for _ in range(workers):
            tasks.put(STOP)
        futures = [executor.submit(worker, tasks, results, handle) for _ in range(workers)]
        for future in futures:
            future.result()
        tasks.join()
        return [results.get() for _ in items]
