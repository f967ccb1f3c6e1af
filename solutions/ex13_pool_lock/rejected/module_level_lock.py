# expect: commits_one_at_a_time failed -
"""A lock of the module: under spawn and forkserver every worker imports the module, and has a lock of its own."""

import multiprocessing


guard = multiprocessing.Lock()


def both(prepare, commit, item):
    draft = prepare(item)
    with guard:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    pool = multiprocessing.Pool(workers)
    try:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
    finally:
        pool.close()
        pool.join()
