# expect: commits_one_at_a_time failed -
# expect: lock_survives_an_error failed -
"""Waits half a second for the lock, and commits in any case."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    draft = prepare(item)
    held = guard.acquire(timeout=0.5)
    try:
        return commit(draft)
    finally:
        if held:
            guard.release()


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
