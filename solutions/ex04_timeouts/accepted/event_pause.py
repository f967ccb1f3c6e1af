"""Polls, and sleeps by waiting for an event of its own thread: an unusual pause, outside of what can be scheduled."""

import threading
from queue import Empty, Full
from time import monotonic

_never = threading.Event()


def _attempts(seconds):
    end = monotonic() + seconds
    yield
    while monotonic() < end:
        _never.wait(min(0.02, max(0.0, end - monotonic())))
        yield


def put_or_fail(queue, item, seconds: float) -> None:
    for _ in _attempts(seconds):
        try:
            return queue.put_nowait(item)
        except Full:
            continue
    raise Full


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    for _ in _attempts(seconds):
        try:
            return queue.get_nowait()
        except Empty:
            continue
    return default


def collect_for(queue, seconds: float) -> list:
    items = []
    for _ in _attempts(seconds):
        try:
            while True:
                items.append(queue.get_nowait())
        except Empty:
            continue
    return items
