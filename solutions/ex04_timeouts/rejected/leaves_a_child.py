# expect: prints_nothing skipped -
# expect: reports_a_full_queue failed child-left-behind
# expect: shares_with_others failed -
# expect: needs_no_time_to_put failed -
# expect: works_with_every_queue failed -
# expect: hides_no_other_error failed -
"""Lets a child do the waiting, and leaves it there when the time is over."""

import multiprocessing
import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    child = multiprocessing.Process(target=queue.put, args=(item,), daemon=True)
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        raise Full


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
