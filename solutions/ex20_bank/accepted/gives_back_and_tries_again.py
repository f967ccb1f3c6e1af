"""Right: takes the source's lock first, whatever its number; if the other is taken, gives back and begins anew."""

import random
import time


def try_all(locks):
    """Hold all of them or none."""
    held = []
    for lock in locks:
        if not lock.acquire(block=False):
            for other in held:
                other.release()
            return False
        held.append(lock)
    return True


def acquire_all(locks):
    while not try_all(locks):
        time.sleep(random.uniform(0.0001, 0.002))


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError(amount)
    needed = [locks[source]] if source == target else [locks[source], locks[target]]
    acquire_all(needed)
    try:
        if balances[source] < amount:
            return False
        if source != target:
            balances[source] -= amount
            balances[target] += amount
        return True
    finally:
        for lock in needed:
            lock.release()


def total(balances, locks):
    acquire_all(locks)
    try:
        return sum(balances)
    finally:
        for lock in locks:
            lock.release()
