# expect: receives_all_in_order failed missing-function
# expect: sends_from_a_child skipped -
# expect: sends_every_value skipped -
# expect: sends_large_items skipped -
# expect: waits_for_a_slow_child skipped -
# expect: prints_nothing failed missing-function
"""Wrong: hands in one of two functions."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put_nowait(item)
        except Full:
            refused.append(item)
    return refused
