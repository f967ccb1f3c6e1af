# expect: waits_for_a_slow_child failed lost-item
"""Wrong: takes a second without an item for the end."""

import multiprocessing
from queue import Empty, Full


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
    received = []
    try:
        while len(received) < len(items):
            received.append(queue.get(timeout=10))
    except Empty:
        pass
    child.join()
    return received
