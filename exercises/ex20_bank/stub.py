"""ex20 · Two locks, no deadlock: accounts in shared memory, one lock per account.

`balances` is a shared array of integers without a lock of its own: `multiprocessing.Array("q", [...], lock=False)`.
`locks` is a list with one `multiprocessing.Lock` per account: `locks[i]` belongs to `balances[i]`. Whoever touches the
balances meanwhile uses these two functions, nobody does it on his own; so the order of locking is your choice.
"""


def transfer(balances, locks, source: int, target: int, amount: int) -> bool:
    """Move `amount` from account `source` to account `target`, as one step; return True.

    If the source holds less, return False; then nothing has changed. A negative amount raises ValueError. There is no
    deadlock whoever else uses these two functions meanwhile. `source` and `target` may be the same account: then
    nothing moves, and the answer says whether it holds that much. The locks are free afterwards.
    """
    raise NotImplementedError


def total(balances, locks) -> int:
    """Return the sum of all accounts at one moment.

    It is right also while others transfer, and there is no deadlock. The locks are free afterwards.
    """
    raise NotImplementedError
