# expect: acknowledges_after_the_result failed task-done-too-early
"""Wrong: acknowledges an item as soon as it has it, before it is handled."""

import multiprocessing

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        item = tasks.get()
        tasks.task_done()
        if item == STOP:
            return
        try:
            pair = (item, handle(item))
        except Exception as error:
            pair = (item, error)
        results.put(pair)


def process_all(items, handle, workers):
    tasks = multiprocessing.JoinableQueue()
    results = multiprocessing.Queue()
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
