"""A manager's queue may travel with the calls; one end goes from reader to reader."""

import multiprocessing


class End:
    pass


def write(queue, items):
    for item in items:
        queue.put(item)
    queue.put(End())


def read(queue):
    share = []
    item = queue.get()
    while not isinstance(item, End):
        share.append(item)
        item = queue.get()
    queue.put(item)
    return share


def relay(items: list, readers: int) -> list[list]:
    with multiprocessing.Manager() as manager:
        queue = manager.Queue()
        with multiprocessing.Pool(readers + 1) as pool:
            writer = pool.apply_async(write, (queue, items))
            shares = pool.map(read, [queue] * readers, chunksize=1)
            writer.get()
            return shares
