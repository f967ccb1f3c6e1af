# expect: refuses_without_waiting failed timeout-ignored
# expect: tries_each_item failed timeout-ignored
# expect: shares_the_room failed timeout-ignored
# expect: puts_in_order failed timeout-ignored
"""Wrong: a short wait is a wait."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put(item, timeout=0.01)
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
    received = [queue.get() for _ in items]
    child.join()
    return received
