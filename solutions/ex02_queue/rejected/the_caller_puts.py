# expect: sends_from_a_child failed target-called
"""Wrong: calls the function that should run in the child."""

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
    child = multiprocessing.Process(target=put_all(queue, items))
    child.start()
    received = [queue.get() for _ in items]
    child.join()
    return received
