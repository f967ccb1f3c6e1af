# expect: never_deadlocks hung lock-order
# expect: counts_at_one_moment hung lock-order
"""Wrong: the target's lock first, always; no better than the source first."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    first, second = locks[target], locks[source]
    first.acquire()
    if target != source:
        second.acquire()
    try:
        enough = balances[source] >= amount
        if enough and source != target:
            balances[source] -= amount
            balances[target] += amount
        return enough
    finally:
        first.release()
        if target != source:
            second.release()


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
