# expect: stops_at_stop hung task-done-missing
# expect: acknowledges_each hung task-done-missing
# expect: acknowledges_after_the_result skipped -
# expect: keeps_going_after_an_error hung -
"""Wrong: forgets `task_done`."""

import multiprocessing

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        item = tasks.get()
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
