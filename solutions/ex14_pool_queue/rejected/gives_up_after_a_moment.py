# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: keeps_to_the_form failed -
"""Takes it for the end if nothing comes for a fifth of a second."""

import multiprocessing
from queue import Empty


def keep(queue):
    global line
    line = queue


def write(items, readers):
    for item in items:
        line.put(item)


def read():
    share = []
    try:
        while True:
            share.append(line.get(timeout=0.2))
    except Empty:
        return share


def relay(items: list, readers: int) -> list[list]:
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(readers + 1, initializer=keep, initargs=(queue,)) as pool:
        taking = [pool.apply_async(read) for _ in range(readers)]
        pool.apply_async(write, (items, readers)).get()
        return [share.get() for share in taking]
