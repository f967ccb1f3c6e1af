# expect: spends_nothing_twice failed check-then-act
"""Wrong: asks whether there is enough before it holds the locks."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    if balances[source] < amount:
        return False
    if source == target:
        return True
    with locks[min(source, target)], locks[max(source, target)]:
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
