# expect: sends_every_value failed -
"""Wrong: the text "STOP" ends the loop, although it may be an item."""

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


STOP = "STOP"


def put_all(queue, items):
    for item in items:
        queue.put(item)
    queue.put(STOP)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = []
    while (item := queue.get()) != STOP:
        received.append(item)
    child.join()
    return received
