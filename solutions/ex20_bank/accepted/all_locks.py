"""Right: both functions take every lock, in the order of the list; `contextlib.ExitStack` gives them back."""

from contextlib import ExitStack, contextmanager


@contextmanager
def closed(locks):
    with ExitStack() as stack:
        for lock in locks:
            stack.enter_context(lock)
        yield


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError(f"cannot move {amount}")
    with closed(locks):
        enough = balances[source] >= amount
        if enough:
            balances[source] = balances[source] - amount
            balances[target] = balances[target] + amount
    return enough


def total(balances, locks):
    with closed(locks):
        return sum(balances[:])
