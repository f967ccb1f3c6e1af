# expect: never_deadlocks hung lock-order
# expect: counts_at_one_moment hung lock-order
"""Wrong: asks again and again for the second lock and keeps the first; two in opposite directions ask for ever."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("negative")
    with locks[source]:
        if source == target:
            return balances[source] >= amount
        while not locks[target].acquire(timeout=0.1):
            pass
        try:
            if balances[source] < amount:
                return False
            balances[source] -= amount
            balances[target] += amount
            return True
        finally:
            locks[target].release()


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances[i] for i in range(len(locks)))
    finally:
        for lock in locks:
            lock.release()
