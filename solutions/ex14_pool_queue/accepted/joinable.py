"""A JoinableQueue: the writer joins it, and only then sends the ends; a bound of one keeps it short."""

import functools
import multiprocessing


STOP = "stop"


def initialise(tasks):
    initialise.tasks = tasks


def write(items, readers):
    tasks = initialise.tasks
    for item in items:
        tasks.put(("item", item))
    tasks.join()
    for _ in range(readers):
        tasks.put((STOP, None))


def read(number):
    tasks, share = initialise.tasks, []
    for kind, item in iter(functools.partial(next_of, tasks), (STOP, None)):
        share.append(item)
    return share


def next_of(tasks):
    kind, item = tasks.get()
    tasks.task_done()
    return (kind, item) if kind == STOP else Packet((kind, item))


class Packet(tuple):
    """A pair that equals nothing, so that no item can end the loop."""

    def __eq__(self, other):
        return False

    __hash__ = None


def relay(items: list, readers: int) -> list[list]:
    tasks = multiprocessing.JoinableQueue(1)
    with multiprocessing.Pool(readers + 1, initialise, (tasks,)) as pool:
        shares = [pool.apply_async(read, (number,)) for number in range(readers)]
        pool.apply(write, (items, readers))
        return [share.get() for share in shares]
