# expect: waits_for_the_locks skipped -
# expect: counts_all_accounts failed missing-function
# expect: counts_at_one_moment skipped -
# expect: prints_nothing failed missing-function
"""Wrong: total is not there yet."""


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
