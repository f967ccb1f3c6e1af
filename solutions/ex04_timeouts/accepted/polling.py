"""Never blocks in the queue: tries, sleeps a little, tries again until the time is over."""

import queue as queues
import time

INTERVAL = 0.05


def _patiently(attempt, refusal, seconds):
    give_up = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except refusal:
            left = give_up - time.monotonic()
            if left <= 0:
                raise
            time.sleep(min(INTERVAL, left))


def put_or_fail(queue, item, seconds: float) -> None:
    _patiently(lambda: queue.put_nowait(item), queues.Full, seconds)


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except queues.Full:
            refused += [item]
    return refused


def get_within(queue, seconds: float, default=None):
    try:
        return _patiently(queue.get_nowait, queues.Empty, seconds)
    except queues.Empty:
        return default


def collect_for(queue, seconds: float) -> list:
    items = []
    give_up = time.monotonic() + seconds
    while True:
        try:
            items.append(queue.get_nowait())
            continue
        except queues.Empty:
            left = give_up - time.monotonic()
        if left <= 0:
            return items
        time.sleep(min(INTERVAL, left))
