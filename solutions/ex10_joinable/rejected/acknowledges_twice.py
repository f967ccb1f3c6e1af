# expect: acknowledges_each failed task-done-too-often
# expect: acknowledges_after_the_result skipped -
# expect: keeps_going_after_an_error failed task-done-too-often
# expect: prints_nothing failed task-done-too-often
"""Wrong: an item that raised is acknowledged in `except` and again in `finally`."""

import multiprocessing

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        item = tasks.get()
        if item == STOP:
            tasks.task_done()
            return
        try:
            results.put((item, handle(item)))
        except Exception as error:
            results.put((item, error))
            tasks.task_done()
        finally:
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
