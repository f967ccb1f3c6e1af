# expect: returns_every_pair failed child-left-behind
# expect: handles_at_once skipped -
# expect: handles_in_processes skipped -
# expect: pairs_failures skipped -
# expect: pairs_every_value skipped -
# expect: prints_nothing failed child-left-behind
"""Wrong: after `join` the workers are forgotten, as daemons."""

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
    processes = [
        multiprocessing.Process(target=worker, args=(tasks, results, handle), daemon=True) for _ in range(workers)
    ]
    for process in processes:
        process.start()
    for item in items:
        tasks.put(item)
    tasks.join()
    pairs = [results.get() for _ in items]
    return pairs
