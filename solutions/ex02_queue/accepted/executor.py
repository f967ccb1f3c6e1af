"""Right: a task of an executor puts the items on a manager's queue."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put(item, False)
        except Full:
            refused.append(item)
    return refused


def put_all(queue, items):
    for item in items:
        queue.put(item)
    return len(items)


def send_through(items):
    with multiprocessing.Manager() as manager:
        queue = manager.Queue()
        with ProcessPoolExecutor(1) as executor:
            count = executor.submit(put_all, queue, items).result()
        return [queue.get() for _ in range(count)]
