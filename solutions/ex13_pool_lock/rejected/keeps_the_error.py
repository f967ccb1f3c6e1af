# expect: passes_an_error_on failed exception-swallowed
# expect: lock_survives_an_error failed exception-swallowed
"""The exception takes the place of the result."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(prepare, commit, item):
    try:
        draft = prepare(item)
        with guard:
            return commit(draft)
    except Exception as error:
        return error


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        return pool.starmap(both, [(prepare, commit, item) for item in items], chunksize=1)
