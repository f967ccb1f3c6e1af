# expect: sends_every_value failed falsy-item
"""Wrong: None ends the loop, although it may be an item."""

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
    queue.put(None)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = list(iter(queue.get, None))
    while child.is_alive():
        child.join(0.1)
        while not queue.empty():
            queue.get()
    child.join()
    return received
