"""Right: looks again and again, until the child has ended and the queue has been emptied."""

import multiprocessing
import time
from queue import Empty, Full


def offer(queue, items):
    refused = []
    for item in items:
        try:
            queue.put_nowait(item)
            continue
        except Full:
            pass
        refused.append(item)
    return refused


def put_all(queue, items):
    for item in items:
        queue.put(item)
    queue.close()
    queue.join_thread()


def send_through(items):
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=put_all, args=(queue, items))
    child.start()
    received = []
    while True:
        over = not child.is_alive()
        try:
            while True:
                received.append(queue.get(timeout=0.2))
        except Empty:
            if over:
                break
        time.sleep(0.05)
    child.join()
    return received
