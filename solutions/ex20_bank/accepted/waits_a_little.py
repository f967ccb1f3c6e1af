"""Right: waits for the second lock for a moment while it holds the first, and lets go of it when time is up."""

import random
import time


def transfer(balances, locks, source, target, amount):
    if amount < 0:
        raise ValueError("a negative amount")
    if source == target:
        return balances[source] >= amount
    while True:
        with locks[source]:
            if locks[target].acquire(timeout=1):
                try:
                    if balances[source] >= amount:
                        balances[target] += amount
                        balances[source] -= amount
                        return True
                    return False
                finally:
                    locks[target].release()
        time.sleep(random.uniform(0, 0.1))


def total(balances, locks):
    while True:
        held = []
        try:
            for lock in locks:
                if not lock.acquire(timeout=0.5):
                    break
                held.append(lock)
            else:
                return sum(balances)
        finally:
            for lock in held:
                lock.release()
        time.sleep(random.uniform(0, 0.1))
