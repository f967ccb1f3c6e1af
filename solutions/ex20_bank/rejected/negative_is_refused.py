# expect: rejects_negative_amounts failed -
"""Wrong: a negative amount is answered with False."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        return False
    with locks[min(source, target)]:
        if source == target:
            return balances[source] >= amount
        with locks[max(source, target)]:
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
