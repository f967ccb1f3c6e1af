# expect: keeps_the_order failed order-by-completion
"""Results in the order in which the calls finish."""

import multiprocessing


def keep(lock):
    global guard
    guard = lock


def both(call):
    prepare, commit, item = call
    draft = prepare(item)
    with guard:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers, initializer=keep, initargs=(lock,)) as pool:
        return list(pool.imap_unordered(both, [(prepare, commit, item) for item in items]))
