# expect: moves_large_items hung -
"""A bounded queue, and the readers begin when the writer has ended."""

import multiprocessing


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
    queue = multiprocessing.Queue(1000)
    with multiprocessing.Pool(readers + 1, initializer=keep, initargs=(queue,)) as pool:
        pool.apply_async(write, (items, readers)).get()
        taking = [pool.apply_async(read) for _ in range(readers)]
        return [share.get() for share in taking]
