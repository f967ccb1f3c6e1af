# expect: lock_survives_an_error failed -
"""A semaphore that is released once more after an error: then two may commit."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    draft = prepare(item)
    guard.acquire()
    try:
        return commit(draft)
    except Exception:
        guard.release()
        raise
    finally:
        guard.release()


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Semaphore(1)
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
