"""Stands in the way of the library's module of that name."""

RIGHT = 600


class Empty(Exception):
    """Nobody raises it."""
