# Sleeps in turns of its own making and takes nothing from the queue.
# earns: loses_nothing
from inside import gate


def get_within(queue, seconds, default=None):
    gate.turn("sleep", "clock", lambda: (False, None), need=("clock", "never"), wait=seconds)
    return default


def collect_for(queue, seconds):
    gate.turn("sleep", "clock", lambda: (False, None), need=("clock", "never"), wait=seconds)
    return []
