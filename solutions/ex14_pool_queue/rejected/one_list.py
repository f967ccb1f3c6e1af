# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: nothing_to_relay failed -
# expect: keeps_to_the_form failed -
"""Returns one list of all items."""

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
    with multiprocessing.Pool(readers + 1, initializer=keep, initargs=(queue,)) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return sum((share.get() for share in taking), [])
