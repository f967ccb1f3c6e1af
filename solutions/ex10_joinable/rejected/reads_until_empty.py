# expect: returns_every_pair failed check-then-act
# expect: handles_at_once skipped -
# expect: handles_in_processes skipped -
# expect: pairs_failures skipped -
# expect: pairs_every_value skipped -
"""Wrong: after `join` it reads until the queue is empty, and results may still be on their way."""

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
    for item in items:
        tasks.put(item)
    for _ in processes:
        tasks.put(STOP)
    tasks.join()
    pairs = []
    while not results.empty():
        pairs.append(results.get())
    for process in processes:
        process.join()
    return pairs
