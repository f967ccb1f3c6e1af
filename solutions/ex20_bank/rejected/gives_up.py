# expect: waits_for_the_locks failed gives-up-early
"""Wrong: if a lock is taken it does not wait; it says False, as if there were no money."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    if source == target:
        with locks[source]:
            return balances[source] >= amount
    with locks[min(source, target)]:
        if not locks[max(source, target)].acquire(timeout=0.1):
            return False
        try:
            if balances[source] < amount:
                return False
            balances[source] -= amount
            balances[target] += amount
            return True
        finally:
            locks[max(source, target)].release()


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
