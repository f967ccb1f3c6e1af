"""ex06 · Producers and consumers: several processes put, several take, and all of them know when it is over.

`work` and `make` take one argument and can be pickled: functions of a module, `functools.partial`, instances with
`__call__`. Items and results are any picklable values: None, False, 0, "" and [] are items, and so are several
megabytes. Whatever a function starts has ended when it returns or raises.
"""


def pipeline(sources: list[list], work, consumers: int) -> list:
    """Return `work(item)` for every item of every source, in any order.

    One producer process per source puts its items on a shared queue, `consumers` processes take them and compute
    `work(item)`; it can run in all of them at once. Every producer and consumer ends by itself with exit code 0.

    If `work` raises, one of the raised exceptions reaches the caller (whether other items are still worked on is free);
    all processes end then, too.
    """
    raise NotImplementedError


def paced_pipeline(make, count: int, work, capacity: int) -> list:
    """Return `work(make(n))` for n = 0 ... count - 1, in order.

    One producer process calls `make`, one consumer process calls `work`. At no time are more than `capacity + 2` items
    begun (`make` called) and not done (`work` returned); `capacity` is at least 1. If `make` or `work` raises, the
    exception reaches the caller and both processes end.
    """
    raise NotImplementedError
