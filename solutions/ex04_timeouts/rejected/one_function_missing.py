# expect: prints_nothing skipped -
# expect: counts_time_in_total failed missing-function
# expect: loses_nothing failed missing-function
# expect: needs_no_time_to_take failed missing-function
# expect: works_with_every_queue failed missing-function
# expect: hides_no_other_error failed missing-function
"""Has written `collect`, where the contract says `collect_for`."""

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


def collect(queue, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    items = []
    while True:
        try:
            items.append(queue.get(timeout=max(0.0, deadline - time.monotonic())))
        except Empty:
            return items
