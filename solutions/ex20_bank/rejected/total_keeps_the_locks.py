# expect: waits_for_the_locks skipped -
# expect: counts_all_accounts failed lock-not-released
# expect: counts_at_one_moment skipped -
"""Wrong: the locks come before the return, and their release after it."""


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
    return sum(balances)
    for lock in locks:
        lock.release()
