# expect: tries_each_item failed crashed
# expect: offers_to_every_queue failed crashed
# expect: leaves_the_queue_usable failed crashed
# expect: prints_nothing failed crashed
"""Wrong: closes the caller's queue when it has put everything."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put_nowait(item)
        except Full:
            refused.append(item)
    queue.close()
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
