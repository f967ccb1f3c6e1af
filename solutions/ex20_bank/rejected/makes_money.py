# expect: moves_to_itself failed -
"""Wrong: reads both balances before it writes; from an account to itself, money is made."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    needed = [locks[number] for number in sorted({source, target})]
    for lock in needed:
        lock.acquire()
    have, other = balances[source], balances[target]
    enough = have >= amount
    if enough:
        balances[source] = have - amount
        balances[target] = other + amount
    for lock in needed:
        lock.release()
    return enough


def total(balances, locks):
    for lock in locks:
        lock.acquire()
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
