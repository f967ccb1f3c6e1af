# expect: waits_for_room failed -
"""Sleeps the whole time and looks once: room that comes early is found late."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    if queue.full():
        time.sleep(seconds)
    queue.put_nowait(item)


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
