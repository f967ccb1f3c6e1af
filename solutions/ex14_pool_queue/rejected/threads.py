# expect: works_in_a_pool failed no-processes
"""A pool of threads: nothing leaves the process."""

import queue
from multiprocessing.pool import ThreadPool


def keep(queue):
    global line
    line = queue


def write(items, readers):
    for item in items:
        line.put((True, item))
    for _ in range(readers):
        line.put((False, None))


def read():
    share = []
    while True:
        more, item = line.get()
        if not more:
            return share
        share.append(item)


def relay(items: list, readers: int) -> list[list]:
    queue_of_threads = queue.Queue()
    with ThreadPool(readers + 1, initializer=keep, initargs=(queue_of_threads,)) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return [share.get() for share in taking]
