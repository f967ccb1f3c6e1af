# expect: prints_nothing failed -
# expect: waits_for_the_locks skipped -
# expect: counts_all_accounts failed -
# expect: counts_at_one_moment skipped -
"""Wrong: the last account is not counted."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
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
        return sum(balances[number] for number in range(len(balances) - 1))
    finally:
        for lock in locks:
            lock.release()
