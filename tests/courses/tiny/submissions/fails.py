"""Loses additions."""


def double(number):
    if isinstance(number, str):
        raise TypeError("text is no number")
    return 2 * number


def add_many(counter, lock, times):
    for _ in range(times):
        counter.value += 1
