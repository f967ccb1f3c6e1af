# expect: loses_no_money failed private-lock
# expect: spends_nothing_twice failed -
# expect: counts_at_one_moment failed -
"""Wrong: one lock for the whole bank, but every process makes its own when it imports the module."""

import multiprocessing

BANK = multiprocessing.Lock()


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    with BANK:
        if balances[source] < amount:
            return False
        balances[source] -= amount
        balances[target] += amount
        return True


def total(balances, locks):
    with BANK:
        return sum(balances)
