"""Waits in slices of at most half a second, so that it could do something else in between."""

import dataclasses
import queue as queue_module
import time

SLICE = 0.5


@dataclasses.dataclass
class Countdown:
    seconds: float
    started: float = dataclasses.field(default_factory=time.monotonic)

    @property
    def left(self):
        return max(0.0, self.started + self.seconds - time.monotonic())

    @property
    def slice(self):
        return min(SLICE, self.left)


def put_or_fail(queue, item, seconds: float) -> None:
    countdown = Countdown(seconds)
    while True:
        last = countdown.left <= SLICE
        try:
            return queue.put(item, timeout=countdown.slice)
        except queue_module.Full:
            if last:
                raise


def put_within(queue, items, seconds: float) -> list:
    refused = []
    for item in items:
        try:
            put_or_fail(queue, item, seconds)
        except queue_module.Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    countdown = Countdown(seconds)
    while True:
        last = countdown.left <= SLICE
        try:
            return queue.get(timeout=countdown.slice)
        except queue_module.Empty:
            if last:
                return default


def collect_for(queue, seconds: float) -> list:
    countdown = Countdown(seconds)
    items = []
    while countdown.left:
        try:
            items.append(queue.get(timeout=countdown.slice))
        except queue_module.Empty:
            pass
    try:
        while True:
            items.append(queue.get_nowait())
    except queue_module.Empty:
        return items
