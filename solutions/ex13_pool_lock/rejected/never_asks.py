# expect: keeps_the_order failed -
# expect: prepares_at_once failed -
# expect: commits_one_at_a_time failed -
# expect: same_worker_does_both failed -
# expect: passes_an_error_on failed -
# expect: lock_survives_an_error failed -
# expect: any_value failed -
# expect: keeps_to_the_form failed -
"""The same, and nobody asks for the results: the calls have failed, and nobody hears of it."""

import multiprocessing


results = []


def both(lock, prepare, commit, item):
    draft = prepare(item)
    with lock:
        results.append(commit(draft))


def guarded_map(prepare, commit, items, workers: int) -> list:
    lock = multiprocessing.Lock()
    pool = multiprocessing.Pool(workers)
    for item in items:
        pool.apply_async(both, (lock, prepare, commit, item))
    pool.close()
    pool.join()
    return results
