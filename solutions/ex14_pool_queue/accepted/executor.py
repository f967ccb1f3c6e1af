"""concurrent.futures; every reader knows how many items there are, and counts them in a shared number."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def begin(queue, counter):
    Both.queue, Both.counter = queue, counter


class Both:
    queue = counter = None


def write(items):
    for item in items:
        Both.queue.put(item)


def read(count):
    share = []
    while True:
        with Both.counter.get_lock():
            if Both.counter.value == count:
                return share
            Both.counter.value += 1
        share.append(Both.queue.get())


def relay(items: list, readers: int) -> list[list]:
    queue, counter = multiprocessing.Queue(), multiprocessing.Value("q", 0)
    with ProcessPoolExecutor(readers + 1, initializer=begin, initargs=(queue, counter)) as executor:
        shares = [executor.submit(read, len(items)) for _ in range(readers)]
        executor.submit(write, items).result()
        return [share.result() for share in shares]
