# expect: tries_each_item failed -
"""Wrong: tries the refused ones a second time."""

import multiprocessing
from queue import Full


def offer(queue, items):
    def attempt(some):
        refused = []
        for item in some:
            try:
                queue.put_nowait(item)
            except Full:
                refused.append(item)
        return refused

    return attempt(attempt(items))


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
