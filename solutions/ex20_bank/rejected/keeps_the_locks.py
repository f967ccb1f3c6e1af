# expect: refuses_what_is_not_there failed lock-not-released
# expect: moves_to_itself failed lock-not-released
# expect: spends_nothing_twice failed lock-not-released
# expect: never_deadlocks hung lock-not-released
"""Wrong: returns early without giving the locks back."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    needed = sorted({source, target})
    for number in needed:
        locks[number].acquire()
    if balances[source] < amount:
        return False
    balances[source] -= amount
    balances[target] += amount
    for number in needed:
        locks[number].release()
    return True


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
