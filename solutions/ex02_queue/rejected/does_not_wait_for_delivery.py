# expect: tries_each_item failed items-lost-on-terminate
# expect: puts_in_order failed items-lost-on-terminate
# expect: shares_the_room failed items-lost-on-terminate
# expect: offers_to_every_queue hung -
"""Wrong: lets the process end before the feeder thread has delivered the items."""

import multiprocessing
from queue import Full


def offer(queue, items):
    if hasattr(queue, "cancel_join_thread"):
        queue.cancel_join_thread()
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
    received = [queue.get() for _ in items]
    child.join()
    return received
