"""Asks the queue first and sleeps if it says no, but takes the answer for a rumour: the act itself never waits."""

import time
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        if not queue.full():
            try:
                return queue.put_nowait(item)
            except Full:
                pass
        if time.monotonic() >= deadline:
            raise Full
        time.sleep(0.1)


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    deadline = time.monotonic() + seconds
    while True:
        if not queue.empty():
            try:
                return queue.get_nowait()
            except Empty:
                pass
        if time.monotonic() >= deadline:
            return default
        time.sleep(0.1)


def collect_for(queue, seconds: float) -> list:
    deadline = time.monotonic() + seconds
    items = []
    while True:
        over = time.monotonic() >= deadline
        try:
            while queue.qsize():
                items.append(queue.get_nowait())
        except Empty:
            pass
        if over:
            return items
        time.sleep(0.1)
