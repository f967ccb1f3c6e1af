"""Lets the time pass before it looks: what has arrived by then waits in the queue."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    try:
        queue.put(item, True, timeout=seconds)
    except Full as full:
        raise Full(f"no room within {seconds} seconds") from full


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    try:
        return queue.get(block=True, timeout=seconds)
    except Empty:
        return default


def collect_for(queue, seconds: float) -> list:
    time.sleep(seconds)
    items = []
    try:
        while True:
            items.append(queue.get_nowait())
    except Empty:
        return items
