# expect: takes_any_item failed -
"""None is the end, and an item."""

import multiprocessing


def keep(queue):
    global line
    line = queue


def write(items, readers):
    for item in items:
        line.put(item)
    for _ in range(readers):
        line.put(None)


def read():
    share = []
    for item in iter(line.get, None):
        share.append(item)
    return share


def relay(items: list, readers: int) -> list[list]:
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(readers + 1, initializer=keep, initargs=(queue,)) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return [share.get() for share in taking]
