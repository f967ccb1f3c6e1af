# expect: prints_nothing failed printed-output
"""Wrong: prints what it does, as the tutorial does."""

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
        print("done")
        results.put(pair)
        tasks.task_done()


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
