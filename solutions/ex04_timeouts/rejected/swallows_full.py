# expect: prints_nothing failed printed-output
# expect: reports_a_full_queue failed exception-swallowed
# expect: shares_with_others failed exception-swallowed
# expect: needs_no_time_to_put failed exception-swallowed
# expect: works_with_every_queue failed exception-swallowed
"""Catches `queue.Full` and says nothing: the item is gone and nobody knows."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    try:
        queue.put(item, timeout=seconds)
    except Full:
        print(f"the queue is full, {item!r} was not put")


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            queue.put(item, timeout=seconds)
        except Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    try:
        return queue.get(timeout=seconds)
    except Empty:
        return default


def collect_for(queue, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    items = []
    while True:
        try:
            items.append(queue.get(timeout=max(0.0, deadline - time.monotonic())))
        except Empty:
            return items
