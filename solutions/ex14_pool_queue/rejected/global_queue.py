# expect: every_item_once hung -
# expect: works_in_a_pool hung -
"""A queue of the module: under spawn and forkserver every process imports the module, and has one of its own."""

import multiprocessing


line = multiprocessing.Queue()


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
    with multiprocessing.Pool(readers + 1) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return [share.get() for share in taking]
