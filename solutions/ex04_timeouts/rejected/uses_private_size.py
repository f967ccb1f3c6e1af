# expect: works_with_every_queue failed -
"""Asks for an attribute that only one kind of queue has."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    if queue._maxsize > 0:
        queue.put(item, timeout=seconds)
    else:
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
