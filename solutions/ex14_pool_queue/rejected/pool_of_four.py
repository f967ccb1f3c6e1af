# expect: ends_for_every_reader hung -
"""A pool of four, whatever `readers` says: with more readers the writer never begins."""

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
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(4, initializer=keep, initargs=(queue,)) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return [share.get() for share in taking]
