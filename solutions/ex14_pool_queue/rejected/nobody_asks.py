# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: keeps_to_the_form failed -
# expect: nothing_to_relay failed -
"""The same without `get`: the calls have failed, and nobody hears of it."""

import multiprocessing


shares = []


def write(queue, items):
    for item in items:
        queue.put(item)


def read(queue):
    share = []
    while not queue.empty():
        share.append(queue.get())
    return share


def relay(items: list, readers: int) -> list[list]:
    queue = multiprocessing.Queue()
    shares.clear()
    pool = multiprocessing.Pool(readers + 1)
    pool.apply_async(write, (queue, items))
    for _ in range(readers):
        pool.apply_async(read, (queue,), callback=shares.append)
    pool.close()
    pool.join()
    return shares
