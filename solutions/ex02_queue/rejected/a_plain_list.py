# expect: receives_all_in_order failed lost-item
# expect: sends_from_a_child skipped -
# expect: sends_every_value skipped -
# expect: sends_large_items skipped -
# expect: waits_for_a_slow_child skipped -
"""Wrong: the child has a list of its own; what it appends there, nobody else sees."""

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


def put_all(received, items):
    for item in items:
        received.append(item)


def send_through(items):
    received = []
    child = multiprocessing.Process(target=put_all, args=(received, items))
    child.start()
    child.join()
    return received
