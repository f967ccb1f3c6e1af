# expect: refuses_without_waiting failed wrong-exception-class
# expect: tries_each_item failed wrong-exception-class
# expect: puts_in_order failed wrong-exception-class
# expect: shares_the_room failed wrong-exception-class
# expect: offers_to_every_queue failed wrong-exception-class
# expect: leaves_the_queue_usable failed wrong-exception-class
# expect: hides_no_other_error failed -
# expect: prints_nothing failed wrong-exception-class
"""Wrong: looks for the exception in the wrong module."""

import multiprocessing


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put_nowait(item)
        except multiprocessing.Full:
            refused.append(item)
    return refused


def put_all(queue, items):
    for item in items:
        queue.put(item)


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = [queue.get() for _ in items]
    child.join()
    return received
