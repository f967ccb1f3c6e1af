# expect: same_worker_does_both failed -
"""Prepares everything first; whoever is free commits."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def one(commit, draft):
    with guard:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        drafts = pool.map(prepare, items, chunksize=1)
        return pool.starmap(one, [(commit, draft) for draft in reversed(drafts)], chunksize=1)[::-1]
