# expect: works_in_a_pool failed no-processes
"""Deals the items out at home: neither a queue nor a pool."""


def relay(items: list, readers: int) -> list[list]:
    return [items[number::readers] for number in range(readers)]
