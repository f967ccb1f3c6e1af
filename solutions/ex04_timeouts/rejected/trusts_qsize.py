# expect: loses_nothing hung check-then-act
"""The tutorial's reader: asks `qsize()` how many items there are, then gets that many."""

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
    time.sleep(seconds)
    items = []
    for _ in range(queue.qsize()):
        items.append(queue.get())
    return items
