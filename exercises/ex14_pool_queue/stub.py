"""ex14 · Talking inside a pool: calls that run in one pool and hand items to each other.

`items` is a list of any values that can be pickled, None included, maybe empty. `readers` is 1 or more. What the
function starts has ended when it returns or raises.
"""


def relay(items: list, readers: int) -> list[list]:
    """Return what each reader got: one call in a pool puts the items on a queue, `readers` calls in it take them.

    It works whichever of these calls begins first. Together the readers get every item exactly once; one may get
    nothing. Nothing is promised about shares or order.
    """
    raise NotImplementedError
