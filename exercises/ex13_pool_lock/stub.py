"""ex13 · A lock inside a pool: work in parallel, one step of it one at a time.

`prepare` takes an item, `commit` takes what `prepare` made of it; both can be pickled: functions of a module,
`functools.partial`, instances with `__call__`. `items` is a list of any values that can be pickled, `workers` is 1 or
more. What the function starts has ended when it returns or raises.
"""


def guarded_map(prepare, commit, items, workers: int) -> list:
    """Return `commit(prepare(item))` for each item, in the order of `items`; both calls in the same worker of a pool.

    Up to `workers` calls of `prepare` can run at once. `commit` never runs in two workers at the same time, not even
    after one raised; commits may come in any order. If a call raises, one such exception reaches the caller; whether
    other items are processed is free.
    """
    raise NotImplementedError
