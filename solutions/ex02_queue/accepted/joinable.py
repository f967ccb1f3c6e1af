"""Right: no time limit at all, and a JoinableQueue whose child waits until everything was taken."""

from multiprocessing import JoinableQueue, Process
from queue import Full


def offer(queue, items):
    refused = list()
    for item in items:
        try:
            queue.put(item, timeout=0)
        except Full:
            refused += [item]
    return refused


def deliver(queue, items):
    queue.put(len(items))
    for item in items:
        queue.put(item)
    queue.join()


def send_through(items):
    queue = JoinableQueue()
    child = Process(target=deliver, args=(queue, items), daemon=True)
    child.start()
    count = queue.get()
    queue.task_done()
    result = []
    while len(result) < count:
        result.append(queue.get())
        queue.task_done()
    child.join()
    return result
