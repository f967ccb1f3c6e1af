# expect: never_deadlocks hung lock-order
# expect: counts_at_one_moment hung lock-order
"""Wrong: the tutorial's way, the source's lock first; two transfers in opposite directions wait for each other."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    if source == target:
        with locks[source]:
            return balances[source] >= amount
    with locks[source], locks[target]:
        if balances[source] < amount:
            return False
        balances[source] -= amount
        balances[target] += amount
        return True


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
