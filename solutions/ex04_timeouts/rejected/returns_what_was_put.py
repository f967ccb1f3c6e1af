# expect: gives_each_item_its_time failed -
# expect: returns_what_was_refused failed -
# expect: shares_with_others failed -
# expect: needs_no_time_to_put failed -
# expect: works_with_every_queue failed -
"""Returns the items that were accepted instead of those that were refused."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    queue.put(item, timeout=seconds)


def put_within(queue, items, seconds: float) -> list:
    done = []
    for item in items:
        try:
            queue.put(item, timeout=seconds)
            done.append(item)
        except Full:
            pass
    return done


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
