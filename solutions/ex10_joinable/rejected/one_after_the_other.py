# expect: handles_at_once failed serial-not-parallel
"""Wrong: waits for the result of each item before it puts the next."""

import multiprocessing

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        item = tasks.get()
        if item == STOP:
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
    processes = [multiprocessing.Process(target=worker, args=(tasks, results, handle)) for _ in range(workers)]
    for process in processes:
        process.start()
    pairs = []
    for item in items:
        tasks.put(item)
        pairs.append(results.get())
    for _ in processes:
        tasks.put(STOP)
    for process in processes:
        process.join()
    return pairs
