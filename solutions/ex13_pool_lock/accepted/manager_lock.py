"""A manager's lock is a proxy, which may travel with every call."""

import functools
import multiprocessing


def both(prepare, commit, lock, item):
    draft = prepare(item)
    lock.acquire()
    try:
        result = commit(draft)
    finally:
        lock.release()
    return result


def guarded_map(prepare, commit, items, workers: int) -> list:
    with multiprocessing.Manager() as manager:
        work = functools.partial(both, prepare, commit, manager.Lock())
        with multiprocessing.Pool(processes=workers) as pool:
            return list(pool.imap(work, items))
