# expect: refuses_without_waiting failed falsy-item
# expect: puts_in_order failed falsy-item
# expect: offers_to_every_queue failed lost-item
# expect: leaves_the_queue_usable hung -
"""Wrong: an item that counts as false is skipped."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        if not item:
            continue
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
    received = [queue.get() for _ in items]
    child.join()
    return received
