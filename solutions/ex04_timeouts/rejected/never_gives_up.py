# expect: reports_a_full_queue hung timeout-ignored
# may: shares_with_others hung timeout-ignored
# expect: needs_no_time_to_put hung timeout-ignored
# expect: works_with_every_queue hung timeout-ignored
"""Tries again and again, and never looks at the clock."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    while True:
        try:
            queue.put_nowait(item)
        except Full:
            time.sleep(0.1)
        else:
            return


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
