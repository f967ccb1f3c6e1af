# expect: counts_at_one_moment failed torn-read
"""Wrong: takes the next lock before it lets go of the one before; money still overtakes the count."""


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
    result, before = 0, None
    for balance, lock in zip(range(len(locks)), locks):
        lock.acquire()
        if before:
            before.release()
        result += balances[balance]
        before = lock
    if before:
        before.release()
    return result
