# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: nothing_to_relay failed -
# expect: keeps_to_the_form failed -
"""Sends a queue of multiprocessing along with the calls: it can only be inherited."""

import multiprocessing


def write(queue, items, readers):
    for item in items:
        queue.put((True, item))
    for _ in range(readers):
        queue.put((False, None))


def read(queue):
    share = []
    while True:
        more, item = queue.get()
        if not more:
            return share
        share.append(item)


def relay(items: list, readers: int) -> list[list]:
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(readers + 1) as pool:
        taking = [pool.apply_async(read, (queue,)) for _ in range(readers)]
        pool.apply_async(write, (queue, items, readers)).get()
        return [share.get() for share in taking]
