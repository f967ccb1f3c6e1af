# expect: waits_for_the_locks skipped -
# expect: moves_the_amount failed -
# expect: moves_to_itself failed -
# expect: loses_no_money skipped -
# expect: spends_nothing_twice skipped -
# expect: never_deadlocks skipped -
# expect: counts_at_one_moment skipped -
"""Wrong: refuses to take everything that is there."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    if source == target:
        with locks[source]:
            return balances[source] > amount
    with locks[min(source, target)], locks[max(source, target)]:
        if balances[source] <= amount:
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
