# expect: counts_at_one_moment failed torn-read
"""Wrong: locks each account while it is read, and lets go of it before the next one."""


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
    result = 0
    for number, lock in enumerate(locks):
        with lock:
            result += balances[number]
    return result
