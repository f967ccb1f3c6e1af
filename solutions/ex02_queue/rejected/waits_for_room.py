# expect: refuses_without_waiting hung -
# expect: tries_each_item hung -
# expect: puts_in_order hung -
# expect: shares_the_room hung -
# expect: offers_to_every_queue hung -
# expect: leaves_the_queue_usable hung -
# expect: prints_nothing hung -
"""Wrong: `put` waits until there is room."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put(item)
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
