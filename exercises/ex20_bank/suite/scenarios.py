"""Small programs around the functions of ex20: who moves money between which accounts, and who counts it meanwhile."""

import multiprocessing as mp
import time


def open_accounts(stage, name, typecode, amounts):
    """Accounts in memory that the examiner reads itself, and one lock for each."""
    return stage.share(name, mp.Array(typecode, amounts, lock=False)), [mp.Lock() for _ in amounts]


def all_free(locks):
    """Whether nobody holds any of the locks."""
    return all(map(is_free, locks))


def is_free(lock):
    """Whether nobody holds the lock."""
    free = lock.acquire(block=False)
    if free:
        lock.release()
    return free


def hold(lock, pause):
    """Somebody who touches nothing, and holds a lock for a while."""
    with lock:
        time.sleep(pause)


def transfers_apart(stage, *, cases):
    """One process per (typecode, amounts, source, target, amount), each with accounts that nobody else uses."""
    calls, every_lock = {}, []
    for number, (typecode, amounts, source, target, amount) in enumerate(cases):
        balances, locks = open_accounts(stage, f"accounts_{number}", typecode, amounts)
        every_lock += locks
        calls[f"transfer_{number}"] = stage.call(
            "transfer", balances=balances, locks=locks, source=source, target=target, amount=amount
        )
    stage.together(**calls)
    return all_free(every_lock)


def totals_apart(stage, *, cases):
    """One process per (typecode, amounts), each with accounts that nobody else uses."""
    calls, every_lock = {}, []
    for number, (typecode, amounts) in enumerate(cases):
        balances, locks = open_accounts(stage, f"accounts_{number}", typecode, amounts)
        every_lock += locks
        calls[f"total_{number}"] = stage.call("total", balances=balances, locks=locks)
    stage.together(**calls)
    return all_free(every_lock)


def at_once(stage, *, amounts, transfers, totals=0, watched=True):
    """One process per (source, target, amount) and one per total, all with the same accounts."""
    balances, locks = mp.Array("q", amounts, lock=False), [mp.Lock() for _ in amounts]
    if watched:
        stage.share("accounts", balances)
    calls = {
        f"transfer_{number}": stage.call("transfer", balances, locks, *move) for number, move in enumerate(transfers)
    }
    calls |= {f"total_{number}": stage.call("total", balances, locks) for number in range(totals)}
    stage.together(**calls)
    return all_free(locks)


def beside_a_holder(stage, *, amounts, called, held, pause):
    """One call, while somebody holds one of the locks; `called` is the function's name and what follows the locks."""
    balances, locks = mp.Array("q", amounts, lock=False), [mp.Lock() for _ in amounts]
    function, *arguments = called
    call = stage.call(function, balances, locks, *arguments)
    stage.together(holder=stage.partner(hold, locks[held], pause), caller=call)
