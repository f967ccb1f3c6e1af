# expect: commits_one_at_a_time failed -
# expect: lock_survives_an_error failed -
"""The tutorial without its lock."""

import multiprocessing


def both(prepare, commit, item):
    return commit(prepare(item))


def guarded_map(prepare, commit, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
