# expect: gives_each_item_its_time failed gives-up-early
# expect: returns_what_was_refused failed gives-up-early
"""Gives up at the first item that finds no room."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    queue.put(item, timeout=seconds)


def put_within(queue, items, seconds: float) -> list:
    items = list(items)
    try:
        while items:
            queue.put(items[0], timeout=seconds)
            items.pop(0)
    except Full:
        pass
    return items


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
