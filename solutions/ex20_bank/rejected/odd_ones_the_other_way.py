# expect: never_deadlocks hung lock-order
# expect: counts_at_one_moment hung lock-order
"""Wrong: the order depends on whether the source is odd; two odd accounts still wait for each other."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    if source == target:
        with locks[source]:
            return balances[source] >= amount
    first, second = (target, source) if source % 2 else (source, target)
    with locks[first], locks[second]:
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
