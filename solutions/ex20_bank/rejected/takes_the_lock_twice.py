# expect: prints_nothing hung -
# expect: moves_to_itself hung -
"""Wrong: with one account for both, the second lock is the first one, and a Lock cannot be taken twice."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
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
