# expect: keeps_going_after_an_error hung -
"""Wrong: asks for a task with a timeout, in the same try as the call: a handle that raises queue.Empty costs its pair."""

import multiprocessing
from queue import Empty

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        try:
            item = tasks.get(timeout=0.5)
            if item == STOP:
                tasks.task_done()
                return
            value = handle(item)
        except Empty:
            continue
        except Exception as error:
            value = error
        results.put((item, value))
        tasks.task_done()


def process_all(items, handle, workers):
    tasks, results = multiprocessing.JoinableQueue(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=worker, args=(tasks, results, handle)) for _ in range(workers)]
    for process in processes:
        process.start()
    for item in items:
        tasks.put(item)
    for _ in processes:
        tasks.put(STOP)
    pairs = [results.get() for _ in items]
    for process in processes:
        process.join()
    return pairs
