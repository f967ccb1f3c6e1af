# expect: every_item_once hung -
# expect: waits_for_a_late_writer hung -
# expect: ends_for_every_reader hung -
# expect: takes_any_item hung -
# expect: moves_large_items hung -
# expect: works_in_a_pool hung -
# expect: nothing_to_relay hung -
# expect: keeps_to_the_form hung -
"""One end for all readers: the first one takes it, the others wait."""

import multiprocessing


def keep(queue):
    global line
    line = queue


def write(items, readers):
    for item in items:
        line.put((True, item))
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
    with multiprocessing.Pool(readers + 1, initializer=keep, initargs=(queue,)) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return [share.get() for share in taking]
