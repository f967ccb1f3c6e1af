# expect: receives_all_in_order failed unpicklable-target
# expect: sends_from_a_child skipped -
# expect: sends_every_value skipped -
# expect: sends_large_items skipped -
# expect: waits_for_a_slow_child skipped -
"""Wrong: a function inside a function can be a target under fork only."""

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


def send_through(items):
    queue = multiprocessing.Queue()

    def put_all():
        for item in items:
            queue.put(item)

    child = multiprocessing.Process(target=put_all)
    child.start()
    received = [queue.get() for _ in items]
    child.join()
    return received
