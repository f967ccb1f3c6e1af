"""Right: accounts are objects that can be sorted; takes the locks of accounts one after the other, in a class."""


class Bank:
    def __init__(self, balances, locks, numbers):
        self.balances = balances
        self.locks = [locks[number] for number in sorted(set(numbers))]

    def __enter__(self):
        for lock in self.locks:
            lock.acquire()
        return self.balances

    def __exit__(self, *_):
        for lock in reversed(self.locks):
            lock.release()


def transfer(balances, locks, source: int, target: int, amount: int) -> bool:
    if amount < 0:
        raise ValueError("cannot move less than nothing")
    with Bank(balances, locks, [source, target]) as accounts:
        have = accounts[source]
        if have < amount:
            return False
        if source != target:
            accounts[source], accounts[target] = have - amount, accounts[target] + amount
        return True


def total(balances, locks) -> int:
    with Bank(balances, locks, range(len(locks))) as accounts:
        return sum(accounts[number] for number in range(len(accounts)))
