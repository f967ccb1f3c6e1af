# expect: shares_with_others hung check-then-act
"""Asks `empty()` and then gets: another process may have taken the item in between."""

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
    deadline = time.monotonic() + seconds
    while queue.empty():
        if time.monotonic() >= deadline:
            return default
        time.sleep(0.05)
    return queue.get()


def collect_for(queue, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    items = []
    while True:
        try:
            items.append(queue.get(timeout=max(0.0, deadline - time.monotonic())))
        except Empty:
            return items
