# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: keeps_to_the_form failed -
"""Reads until `empty()` is true; readers and writer begin together."""

import multiprocessing


def keep(queue):
    global line
    line = queue


def write(items):
    for item in items:
        line.put(item)


def read():
    share = []
    while not line.empty():
        share.append(line.get())
    return share


def relay(items: list, readers: int) -> list[list]:
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(readers + 1, initializer=keep, initargs=(queue,)) as pool:
        written = pool.apply_async(write, (items,))
        taking = [pool.apply_async(read) for _ in range(readers)]
        written.get()
        return [share.get() for share in taking]
