"""Tries again and again without a pause: wasteful, but what the contract asks for."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        late = time.monotonic() >= end
        try:
            queue.put_nowait(item)
            return
        except Full:
            if late:
                raise


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    end = time.monotonic() + seconds
    while True:
        late = time.monotonic() >= end
        try:
            return queue.get_nowait()
        except Empty:
            if late:
                return default


def collect_for(queue, seconds: float) -> list:
    end = time.monotonic() + seconds
    items = []
    while True:
        late = time.monotonic() >= end
        try:
            items.append(queue.get_nowait())
        except Empty:
            if late:
                return items
