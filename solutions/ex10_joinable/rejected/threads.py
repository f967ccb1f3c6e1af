# expect: handles_at_once failed serial-not-parallel
# expect: handles_in_processes failed no-processes
"""Wrong: the workers are threads of the caller, not processes."""

import multiprocessing
import threading

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        item = tasks.get()
        if type(item) is str and item == STOP:
            tasks.task_done()
            return
        try:
            pair = (item, handle(item))
        except Exception as error:
            pair = (item, error)
        results.put(pair)
        tasks.task_done()


def process_all(items, handle, workers):
    tasks = multiprocessing.JoinableQueue()
    results = multiprocessing.Queue()
    threads = [threading.Thread(target=worker, args=(tasks, results, handle)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for item in items:
        tasks.put(item)
    for _ in threads:
        tasks.put(STOP)
    pairs = [results.get() for _ in items]
    for thread in threads:
        thread.join()
    return pairs
