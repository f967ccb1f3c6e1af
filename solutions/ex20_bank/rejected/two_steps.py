# expect: counts_at_one_moment failed torn-read
"""Wrong: takes the money under one lock and brings it under the other; in between it is nowhere."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    with locks[source]:
        if balances[source] < amount:
            return False
        balances[source] -= amount
    with locks[target]:
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
