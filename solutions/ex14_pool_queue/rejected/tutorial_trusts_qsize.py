# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: keeps_to_the_form failed -
"""The tutorial: a reader reads as long as `qsize()` says that there is something, and may begin when there is nothing yet."""

import multiprocessing


def write(queue, items):
    for item in items:
        queue.put(item)


def read(queue):
    share = []
    while queue.qsize() > 0:
        share.append(queue.get(True))
    return share


def relay(items: list, readers: int) -> list[list]:
    queue = multiprocessing.Manager().Queue()
    pool = multiprocessing.Pool(readers + 1)
    pool.apply_async(write, (queue, items))
    shares = [pool.apply_async(read, (queue,)) for _ in range(readers)]
    pool.close()
    pool.join()
    return [share.get() for share in shares]
