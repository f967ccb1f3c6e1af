# expect: counts_time_in_total failed falsy-item
# expect: needs_no_time_to_take failed falsy-item
"""Takes an item that is `None` for the end of the items."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    queue.put(item, timeout=seconds)


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
        item = get_within(queue, max(0.0, deadline - time.monotonic()))
        if item is None:
            return items
        items.append(item)
