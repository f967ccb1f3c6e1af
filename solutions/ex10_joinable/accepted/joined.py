"""Right: waits until everything was acknowledged, and reads then."""

import multiprocessing

STOP = "STOP"


def attempt(handle, item):
    try:
        return handle(item)
    except Exception as error:
        return error


def worker(tasks, results, handle):
    for item in iter(tasks.get, STOP):
        try:
            results.put((item, attempt(handle, item)))
        finally:
            tasks.task_done()
    tasks.task_done()


def process_all(items, handle, workers):
    tasks, results = multiprocessing.JoinableQueue(), multiprocessing.Queue()
    for item in items:
        tasks.put(item)
    processes = []
    for _ in range(workers):
        process = multiprocessing.Process(target=worker, args=(tasks, results, handle), daemon=True)
        process.start()
        processes.append(process)
    tasks.join()
    pairs = []
    while len(pairs) < len(items):
        pairs.append(results.get())
    for _ in processes:
        tasks.put(STOP)
    tasks.join()
    for process in processes:
        process.join()
    return pairs
