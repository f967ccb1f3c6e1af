"""Right, if not quick: the first account's lock guards all accounts, the others are never taken."""

from contextlib import nullcontext


def guard(locks):
    return locks[0] if locks else nullcontext()


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("amount must not be negative")
    with guard(locks):
        if balances[source] < amount:
            return False
        balances[source] -= amount
        balances[target] += amount
    return True


def total(balances, locks):
    result = 0
    with guard(locks):
        for balance in balances:
            result += balance
    return result
