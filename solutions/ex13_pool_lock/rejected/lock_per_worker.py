# expect: commits_one_at_a_time failed -
# expect: lock_survives_an_error failed -
"""The initializer makes a lock: one for each worker."""

import multiprocessing


def keep():
    global guard
    guard = multiprocessing.Lock()


def both(prepare, commit, item):
    draft = prepare(item)
    with guard:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    pool = multiprocessing.Pool(workers, initializer=keep, initargs=())
    try:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
    finally:
        pool.close()
        pool.join()
