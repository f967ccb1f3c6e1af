# expect: shares_with_others hung check-then-act
"""Asks `full()` and then puts: another process may have taken the room in between."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while queue.full():
        if time.monotonic() >= deadline:
            raise Full
        time.sleep(0.05)
    queue.put(item)


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
