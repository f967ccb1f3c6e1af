"""Right: each item is wrapped, so that the end mark cannot be taken for an item."""

import multiprocessing
import queue as queues

ITEM, END = "item", "end"


def offer(queue, items):
    def fits(item):
        try:
            queue.put(item, block=False)
        except queues.Full:
            return False
        return True

    return [item for item in items if not fits(item)]


class Sender(multiprocessing.Process):
    def __init__(self, queue, items):
        super().__init__()
        self.queue = queue
        self.items = items

    def run(self):
        for item in self.items:
            self.queue.put((ITEM, item))
        self.queue.put((END, None))


def received(queue):
    while True:
        kind, item = queue.get()
        if kind == END:
            return
        yield item


def send_through(items):
    queue = multiprocessing.Queue(maxsize=2)
    sender = Sender(queue, items)
    sender.start()
    result = list(received(queue))
    sender.join()
    sender.close()
    queue.close()
    return result
