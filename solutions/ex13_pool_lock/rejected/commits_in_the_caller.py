# expect: same_worker_does_both failed -
"""Prepares in the pool and commits in the caller's process."""

import multiprocessing


def guarded_map(prepare, commit, items, workers: int) -> list:
    with multiprocessing.Pool(workers) as pool:
        return [commit(draft) for draft in pool.map(prepare, items, chunksize=1)]
