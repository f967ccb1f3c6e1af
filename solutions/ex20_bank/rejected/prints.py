# expect: prints_nothing failed printed-output
"""Wrong: prints the balances, as the tutorial does."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    needed = sorted({source, target})
    for number in needed:
        locks[number].acquire()
    try:
        if balances[source] < amount:
            print("not enough money in account", source)
            return False
        balances[source] -= amount
        balances[target] += amount
        return True
    finally:
        for number in needed:
            locks[number].release()


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
