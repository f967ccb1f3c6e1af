# expect: puts_each_pair hung -
# expect: stops_at_stop hung -
# expect: acknowledges_each hung -
# expect: acknowledges_after_the_result skipped -
# expect: keeps_going_after_an_error hung -
# expect: returns_every_pair hung -
# expect: handles_at_once skipped -
# expect: handles_in_processes skipped -
# expect: pairs_failures skipped -
# expect: pairs_every_value skipped -
# expect: prints_nothing hung -
"""Wrong: a text that has travelled is another object, so `is` never finds it."""

import multiprocessing

STOP = "STOP"


def worker(tasks, results, handle):
    while True:
        item = tasks.get()
        if item is STOP:
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
    pairs = [results.get() for _ in items]
    for process in processes:
        process.join()
    return pairs
