# expect: gives_each_item_its_time failed gives-up-early
# expect: returns_what_was_refused failed gives-up-early
"""Shares one deadline among all items: the later ones get no time of their own."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    queue.put(item, timeout=seconds)


def put_within(queue, items, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    refused = []
    for item in items:
        try:
            queue.put(item, timeout=max(0.0, deadline - time.monotonic()))
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
