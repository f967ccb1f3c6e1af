# expect: gives_the_default_in_time failed gives-up-early
# expect: shares_with_others failed gives-up-early
# expect: needs_no_time_to_take failed gives-up-early
"""Counts whole seconds: half of one is no time, and is not waited for."""

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
    for _ in range(int(seconds)):
        try:
            return queue.get(timeout=1)
        except Empty:
            continue
    return default


def collect_for(queue, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    items = []
    while True:
        try:
            items.append(queue.get(timeout=max(0.0, deadline - time.monotonic())))
        except Empty:
            return items
