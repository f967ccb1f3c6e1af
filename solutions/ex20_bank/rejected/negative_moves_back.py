# expect: rejects_negative_amounts failed -
"""Wrong: nobody asks for the sign; a negative amount moves money the other way."""


def transfer(balances, locks, source, target, amount):
    if source == target:
        with locks[source]:
            return balances[source] >= amount
    with locks[min(source, target)], locks[max(source, target)]:
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
