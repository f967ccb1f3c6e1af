# expect: refuses_without_waiting failed -
# expect: tries_each_item failed -
# expect: puts_in_order failed -
# expect: shares_the_room failed -
# expect: offers_to_every_queue failed -
# expect: leaves_the_queue_usable failed -
"""Wrong: what finds no room is lost."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put_nowait(item)
        except Full:
            pass
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
