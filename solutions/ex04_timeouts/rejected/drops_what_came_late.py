# expect: loses_nothing failed lost-item
"""Wrong: after the time, one item that was already taken is thrown away."""

from queue import Empty, Full
import time


def put_within(queue, items, seconds):
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except Full:
            refused.append(item)
    return refused


def put_or_fail(queue, item, seconds):
    queue.put(item, timeout=seconds)


def get_within(queue, seconds, default=None):
    try:
        return queue.get(timeout=seconds)
    except Empty:
        return default


def collect_for(queue, seconds):
    end = time.monotonic() + seconds
    got = []
    while True:
        try:
            item = queue.get(timeout=max(0, end - time.monotonic()))
        except Empty:
            return got
        if seconds and time.monotonic() > end:
            return got
        got.append(item)
