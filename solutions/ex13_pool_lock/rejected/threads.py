# expect: prepares_at_once failed -
# expect: same_worker_does_both failed no-processes
"""A pool of threads."""

import threading
from multiprocessing.pool import ThreadPool


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    draft = prepare(item)
    with guard:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = threading.Lock()
    with ThreadPool(workers, initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
