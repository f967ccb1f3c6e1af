# expect: receives_all_in_order failed child-left-behind
# expect: sends_from_a_child skipped -
# expect: sends_every_value skipped -
# expect: sends_large_items skipped -
# expect: waits_for_a_slow_child skipped -
# expect: prints_nothing failed child-left-behind
"""Wrong: does not wait for the child."""

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
    received = [queue.get() for _ in items]
    return received
