# expect: needs_no_time_to_take failed gives-up-early
"""Looks at the clock before it looks into the queue: with no time nothing is collected."""

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
    while (left := deadline - time.monotonic()) > 0:
        try:
            items.append(queue.get(timeout=left))
        except Empty:
            break
    return items
