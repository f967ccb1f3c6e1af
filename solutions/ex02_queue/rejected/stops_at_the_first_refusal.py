# expect: tries_each_item failed -
"""Wrong: gives up at the first item that finds no room."""

import multiprocessing
from queue import Full


def offer(queue, items):
    for position, item in enumerate(items):
        try:
            queue.put_nowait(item)
        except Full:
            return items[position:]
    return []


def put_all(queue, items):
    for item in items:
        queue.put(item)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = [queue.get() for _ in items]
    child.join()
    return received
