# expect: prepares_at_once failed too-many-at-once
"""A pool of at least four, whatever `workers` says."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    draft = prepare(item)
    with guard:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(max(workers, 4), initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
