# expect: receives_all_in_order hung -
# expect: sends_from_a_child skipped -
# expect: sends_every_value skipped -
# expect: sends_large_items skipped -
# expect: waits_for_a_slow_child skipped -
# expect: prints_nothing hung -
"""Wrong: an object that was pickled is another one, so `is` never finds the end."""

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


END = object()


def put_all(queue, items):
    for item in items:
        queue.put(item)
    queue.put(END)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = []
    while (item := queue.get()) is not END:
        received.append(item)
    child.join()
    return received
