# expect: any_value_in_order failed crashed
"""Wrong F18: pool.starmap for map: an item that is a tuple or a text becomes several arguments."""

import multiprocessing


def index(function, numbered):
    number, item = numbered
    return number, function(item)


def guard(function, item):
    try:
        return True, function(item)
    except Exception as error:
        return False, error


from functools import partial


def map_in_order(function, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return pool.starmap(function, [item if isinstance(item, tuple) else (item,) for item in items], chunksize=1)


def map_as_finished(function, items, workers):
    with multiprocessing.Pool(workers) as pool:
        yield from pool.imap_unordered(partial(index, function), enumerate(items))


def map_safely(function, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return [value for _, value in pool.map(partial(guard, function), items, chunksize=1)]
