# expect: lock_survives_an_error hung lock-not-released
"""Never releases after a commit that raised; that is only seen where an earlier item is still prepared."""

import multiprocessing as mp

_lock = None


def _init(lock):
    global _lock
    _lock = lock


def _one(args):
    prepare, commit, item = args
    prepared = prepare(item)
    _lock.acquire()
    result = commit(prepared)
    _lock.release()
    return result


def guarded_map(prepare, commit, items, workers):
    with mp.Pool(workers, initializer=_init, initargs=(mp.Lock(),)) as pool:
        handles = [pool.apply_async(_one, ((prepare, commit, item),)) for item in items]
        return [handle.get() for handle in handles]
