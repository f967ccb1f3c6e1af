# expect: takes_falsy_items_for_items failed falsy-item
# expect: needs_no_time_to_take failed falsy-item
"""Takes `0`, `None`, an empty text or list for `nothing came`."""

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
        item = queue.get(timeout=seconds)
    except Empty:
        item = None
    return item or default


def collect_for(queue, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    items = []
    while True:
        try:
            items.append(queue.get(timeout=max(0.0, deadline - time.monotonic())))
        except Empty:
            return items
