# expect: prints_nothing failed printed-output
"""Wrong: prints what it puts, as the tutorial does."""

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
        print("put one")
        queue.put(item)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = [queue.get() for _ in items]
    child.join()
    return received
