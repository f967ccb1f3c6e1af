# expect: any_value failed -
"""Wrong C8: nothing is committed when prepare gave something falsy."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    prepared = prepare(item)
    with guard:
        return commit(prepared) if prepared else prepared


def guarded_map(prepare, commit, items, workers):
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
