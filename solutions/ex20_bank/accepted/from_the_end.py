"""Right: the order is from the highest account down, and `total` takes its locks by calling itself."""


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    return _with_locks(sorted({source, target}, reverse=True), locks, _move, balances, source, target, amount)


def total(balances, locks):
    return _with_locks(list(range(len(locks) - 1, -1, -1)), locks, sum, balances)


def _with_locks(numbers, locks, function, *args):
    if not numbers:
        return function(*args)
    with locks[numbers[0]]:
        return _with_locks(numbers[1:], locks, function, *args)


def _move(balances, source, target, amount):
    if balances[source] < amount:
        return False
    balances[source] -= amount
    balances[target] += amount
    return True
