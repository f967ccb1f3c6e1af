"""Right: asks whether there is room but does not trust the answer; a SimpleQueue, which has no feeder thread."""

import multiprocessing
from queue import Full


def offer(queue, items):
    refused = []
    for item in items:
        if queue.full():
            refused.append(item)
            continue
        try:
            queue.put_nowait(item)
        except Full:
            refused.append(item)
    return refused


def put_all(queue, items):
    for number, item in enumerate(items):
        queue.put((number, item))


def send_through(items):
    queue = multiprocessing.SimpleQueue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    found = dict(queue.get() for _ in range(len(items)))
    child.join()
    queue.close()
    return [found[number] for number in range(len(items))]
