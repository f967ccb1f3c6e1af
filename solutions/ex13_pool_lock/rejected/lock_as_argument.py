# expect: keeps_the_order failed -
# expect: prepares_at_once failed -
# expect: commits_one_at_a_time failed -
# expect: same_worker_does_both failed -
# expect: passes_an_error_on failed -
# expect: lock_survives_an_error failed -
# expect: any_value failed -
# expect: keeps_to_the_form failed -
"""Sends the lock along with every call: a lock can only be inherited."""

import multiprocessing


def both(lock, prepare, commit, item):
    draft = prepare(item)
    with lock:
        return commit(draft)


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(workers) as pool:
        pending = [pool.apply_async(both, (lock, prepare, commit, item)) for item in items]
        return [result.get() for result in pending]
