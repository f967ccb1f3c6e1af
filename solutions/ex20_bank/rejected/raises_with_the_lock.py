# expect: rejects_negative_amounts failed lock-not-released
"""Wrong: looks at the amount when it has the locks, and raises without giving them back."""


def transfer(balances, locks, source, target, amount):
    needed = sorted({source, target})
    for number in needed:
        locks[number].acquire()
    if amount < 0:
        raise ValueError("a negative amount")
    enough = balances[source] >= amount
    if enough:
        balances[source] -= amount
        balances[target] += amount
    for number in needed:
        locks[number].release()
    return enough


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
