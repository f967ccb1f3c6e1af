# expect: every_item_once failed -
# expect: waits_for_a_late_writer failed -
# expect: ends_for_every_reader failed -
# expect: takes_any_item failed -
# expect: moves_large_items failed -
# expect: works_in_a_pool failed -
# expect: keeps_to_the_form failed -
"""A queue for each reader: everybody gets everything."""

import multiprocessing


def write(queues, items):
    for queue in queues:
        for item in items:
            queue.put((True, item))
        queue.put((False, None))


def read(queue):
    share = []
    while True:
        more, item = queue.get()
        if not more:
            return share
        share.append(item)


def relay(items: list, readers: int) -> list[list]:
    with multiprocessing.Manager() as manager:
        queues = [manager.Queue() for _ in range(readers)]
        with multiprocessing.Pool(readers + 1) as pool:
            taking = [pool.apply_async(read, (queue,)) for queue in queues]
            pool.apply_async(write, (queues, items)).get()
            return [share.get() for share in taking]
