# expect: tries_each_item failed crashed
# expect: offers_to_every_queue failed crashed
# expect: shares_the_room hung -
"""Wrong: computes the room from names that a manager's queue does not have."""

import multiprocessing
from queue import Full


def offer(queue, items):
    room = queue._maxsize - queue.qsize()
    for item in items[:room]:
        queue.put(item)
    return items[room:]


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
