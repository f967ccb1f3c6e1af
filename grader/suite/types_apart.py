"""Whether a value is wrong by its type alone, so that a student is told the type and not the value."""

from __future__ import annotations

from typing import Any

from grader.suite.plain import Opaque, Raised, same

FACT = "wrong-type"
NUMBERS = (bool, int, float)
CONTAINERS = (list, tuple, dict, set, frozenset)


def fact_of_types(seen: Any, expected: Any) -> tuple[str, ...]:
    """`wrong-type:dict:list` if a dict was expected and a list came, nothing if the type is not what is wrong.

    None says nothing about types: who forgot a `return` gave it, and who gave up. Neither does an exception.
    """
    pair = _apart(seen, expected) or _first_inside(seen, expected)
    return told_types(*pair) if pair else ()


def told_types(wanted: str, came: str) -> tuple[str, ...]:
    """The fact that a value of one type was expected, and one of another came."""
    return (f"{FACT}:{wanted}:{came}",)


def name_of_type(value: Any) -> str:
    """What Python calls the type of the value that was given in the box."""
    if isinstance(value, Opaque):
        return value.kind.removeprefix("builtins.")
    return value.name.removeprefix("builtins.") if isinstance(value, Raised) else type(value).__name__


def _apart(seen: Any, expected: Any) -> tuple[str, str] | None:
    """The names of both types, if they are of different kinds."""
    wanted, came = _kind(expected), _kind(seen)
    if not wanted or not came or type(seen) is type(expected):
        return None
    if wanted == came == "number":
        return (name_of_type(expected), name_of_type(seen)) if seen == expected else None
    return name_of_type(expected), name_of_type(seen)


def _first_inside(seen: Any, expected: Any) -> tuple[str, str] | None:
    """The same for parts of lists: the items of a queue may be of any type, so only what leaves no doubt counts."""
    if type(seen) is not list or type(expected) is not list or len(seen) != len(expected):
        return None
    for part, wanted in zip(seen, expected, strict=True):
        if isinstance(part, Opaque) or _is_but_another(part, wanted):
            return _apart(part, wanted)
    return None


def _is_but_another(part: Any, wanted: Any) -> bool:
    """Whether it is the wanted value as a list, a tuple or a number of another type."""
    if type(part) in (list, tuple) and type(wanted) in (list, tuple):
        return same(list(part), list(wanted))
    return type(part) in NUMBERS and type(wanted) in NUMBERS and bool(part == wanted)


def _kind(value: Any) -> str:
    """What it is, roughly; "" for what may stand in the place of anything: None, a text, an exception."""
    if type(value) in NUMBERS:
        return "number"
    if type(value) in CONTAINERS:
        return type(value).__name__
    return value.kind if isinstance(value, Opaque) else ""
