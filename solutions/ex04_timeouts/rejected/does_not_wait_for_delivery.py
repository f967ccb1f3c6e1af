# expect: waits_for_room failed items-lost-on-terminate
# expect: shares_with_others failed items-lost-on-terminate
"""Cancels the queue's thread, so that a process may end before its item is in the pipe."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    if hasattr(queue, "cancel_join_thread"):
        queue.cancel_join_thread()
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
    while True:
        try:
            items.append(queue.get(timeout=max(0.0, deadline - time.monotonic())))
        except Empty:
            return items
