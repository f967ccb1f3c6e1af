# expect: sends_large_items hung -
"""Wrong: waits for the child before it has read what the child sends."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put_nowait(item)
        except Full:
            refused.append(item)
    return refused


def put_all(queue, items):
    for item in items:
        queue.put(item)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    child.join()
    return [queue.get() for _ in items]
