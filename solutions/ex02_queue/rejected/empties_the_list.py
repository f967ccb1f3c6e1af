# expect: leaves_the_queue_usable failed -
"""Wrong: the list is emptied while it is offered (pop): the caller's list is changed."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    while items:
        item = items.pop(0)
        try:
            queue.put_nowait(item)
        except Full:
            refused.append(item)
    return refused


def child(queue, items):
    for item in items:
        queue.put(item)


def send_through(items):
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=child, args=(queue, items))
    process.start()
    got = [queue.get() for _ in items]
    process.join()
    return got
