# expect: loses_no_money failed lost-update
# expect: spends_nothing_twice failed check-then-act
# expect: counts_at_one_moment failed -
"""Wrong: moves the money without any lock; money is lost on the way."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
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
