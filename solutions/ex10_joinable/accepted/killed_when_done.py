"""Right: workers are stopped from outside when everything was acknowledged and read."""

import multiprocessing

STOP = "STOP"


def worker(tasks, results, handle):
    while (item := tasks.get()) != STOP:
        result = None
        try:
            result = handle(item)
        except Exception as error:
            result = error
        results.put((item, result))
        tasks.task_done()
    tasks.task_done()


def process_all(items, handle, workers):
    tasks = multiprocessing.JoinableQueue()
    results = multiprocessing.JoinableQueue()
    processes = [multiprocessing.Process(target=worker, args=(tasks, results, handle)) for _ in range(workers)]
    for process in processes:
        process.start()
    try:
        for item in items:
            tasks.put(item)
        return [results.get() for _ in range(len(items))]
    finally:
        tasks.join()
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
