# expect: shares_the_room hung check-then-act
"""Wrong: between the question and the answer somebody else may take the room."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        if queue.full():
            refused.append(item)
        else:
            queue.put(item)
    return refused


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
