# expect: receives_all_in_order failed check-then-act
# expect: sends_from_a_child skipped -
# expect: sends_every_value skipped -
# expect: sends_large_items skipped -
# expect: waits_for_a_slow_child skipped -
"""Wrong: the tutorial's loop: reads while the queue is not empty, and it is empty before the child has begun."""

import multiprocessing
from queue import Full


def offer(queue, items):
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
    received = []
    while not queue.empty():
        received.append(queue.get())
    child.join()
    return received
