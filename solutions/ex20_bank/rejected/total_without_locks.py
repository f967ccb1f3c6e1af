# expect: counts_at_one_moment failed torn-read
"""Wrong: counts without a lock while money is on its way."""


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
    return sum(balances)
