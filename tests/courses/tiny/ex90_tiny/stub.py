"""ex90: the smallest exercise there is."""


def double(number):
    """Twice the number; TypeError for text."""
    raise NotImplementedError


def add_many(counter, lock, times):
    """Add 1 to the counter, `times` times."""
    raise NotImplementedError
