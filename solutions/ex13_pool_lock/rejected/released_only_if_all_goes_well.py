# expect: passes_an_error_on hung -
# expect: lock_survives_an_error hung -
"""`release` after `commit`, without `finally`: one that raises keeps the lock."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    draft = prepare(item)
    guard.acquire()
    result = commit(draft)
    guard.release()
    return result


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
