"""Polls in intervals that grow, by the clock on the wall, and counts what is left instead of a deadline."""

import contextlib
import queue as q
import time


def pauses(seconds):
    """Yield before each attempt, and sleep between them: at once, later and later, a last time at the end."""
    end = time.time() + seconds
    pause = 0.01
    yield
    while (left := end - time.time()) > 0:
        time.sleep(min(pause, left))
        pause = min(2 * pause, 0.4)
        yield


def put_or_fail(queue, item, seconds: float) -> None:
    for _ in pauses(seconds):
        with contextlib.suppress(q.Full):
            queue.put(item, block=False)
            return
    raise q.Full


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        for _ in pauses(seconds):
            try:
                queue.put(item, False)
                break
            except q.Full:
                pass
        else:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    for _ in pauses(seconds):
        with contextlib.suppress(q.Empty):
            return queue.get(block=False)
    return default


def collect_for(queue, seconds: float) -> list:
    items = []
    for _ in pauses(seconds):
        with contextlib.suppress(q.Empty):
            while True:
                items.append(queue.get(block=False))
    return items
