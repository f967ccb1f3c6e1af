# expect: needs_no_time_to_take failed crashed
# may: works_with_every_queue failed crashed
"""Wrong: the time left may be negative: a manager queue raises ValueError then."""

import queue as queues
import time


def put_or_fail(queue, item, seconds):
    queue.put(item, True, seconds)


def put_within(queue, items, seconds):
    refused = []
    for item in items:
        try:
            queue.put(item, True, seconds)
        except queues.Full:
            refused.append(item)
    return refused


def get_within(queue, seconds, default=None):
    try:
        return queue.get(True, seconds)
    except queues.Empty:
        return default


def collect_for(queue, seconds):
    end = time.monotonic() + seconds
    items = []
    while True:
        try:
            items.append(queue.get(timeout=end - time.monotonic()))
        except queues.Empty:
            return items
