"""Whatever a student's function returns or raises becomes JSON; nothing that it does can stop that."""

from __future__ import annotations

import collections
import enum
import json
import queue
from typing import Any

import pytest

from grader.inside.plain import FRAMES, TEXT_LIMIT, encode, encode_raised, type_name
from grader.inside.vocabulary import PLAIN_DEPTH, PLAIN_NODES
from grader.suite.plain import Opaque, decode, raised_of
from grader.wire import RaisedFrame, shape


class Number(int):
    """A subclass is not plain: what it does when compared is its own."""


class Color(enum.IntEnum):
    """Neither is an enum."""

    RED = 1


class Silent(Exception):
    """Cannot say what it is."""

    def __str__(self) -> str:
        raise SystemExit(3)


class Strange(Exception):
    """Its arguments are what nobody expects."""

    args = property(lambda _self: 1 / 0)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (object(), "builtins.object"),
        (Number(3), f"{__name__}.Number"),
        (Color.RED, f"{__name__}.Color"),
        (collections.OrderedDict(), "collections.OrderedDict"),
        (1j, "builtins.complex"),
        (range(3), "builtins.range"),
        (bytearray(b"x"), "builtins.bytearray"),
        (print, "builtins.builtin_function_or_method"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,  # no address: xdist compares
)
def test_what_is_not_plain_becomes_a_name(value: object, name: str) -> None:
    """Exact types only."""
    assert decode(encode(value)) == Opaque(name)


def test_number_that_is_large_is_a_text() -> None:
    """Readers of JSON may use doubles."""
    assert encode(2**53) == ["int", hex(2**53)]
    assert encode(2**53 - 1) == 2**53 - 1
    assert decode(encode(-(2**200))) == -(2**200)


def cycle() -> list[Any]:
    """A list in itself."""
    found: list[Any] = []
    found.append(found)
    return found


def deep(depth: int) -> list[Any]:
    """Lists in lists."""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "value",
    [cycle(), deep(PLAIN_DEPTH + 1), deep(100_000), [0] * (PLAIN_NODES + 1)],
    ids=["cycle", "deep", "deeper", "wide"],
)
def test_value_without_end_becomes_a_name(value: list[Any]) -> None:
    """It cannot be walked, so it is not."""
    assert decode(encode(value)) == Opaque("builtins.list that is too deep or too large")


def test_dict_that_contains_itself_becomes_a_name() -> None:
    """The outermost type is told."""
    found: dict[str, Any] = {}
    found["self"] = found

    assert decode(encode(found)) == Opaque("builtins.dict that is too deep or too large")


def test_lone_surrogates_survive() -> None:
    """JSON text cannot hold them, our form can."""
    data = encode({"\ud800": ["\udfff"]})

    assert decode(json.loads(json.dumps(data).encode())) == {"\ud800": ["\udfff"]}


def test_exception_is_told_with_its_family() -> None:
    """By the names under which its documentation speaks of it."""
    data = encode_raised(queue.Empty("nothing", 1))

    assert (data["name"], data["message"]) == ("queue.Empty", "('nothing', 1)")
    assert "builtins.Exception" in data["bases"]
    assert decode(data["args"]) == ("nothing", 1)


def test_exception_that_cannot_say_what_it_is_is_told_all_the_same() -> None:
    """Whatever its `__str__` raises, SystemExit included."""
    data = encode_raised(Silent(1))

    assert data["message"] == "<its __str__ raised builtins.SystemExit>"
    assert decode(data["args"]) == (1,)


def test_arguments_that_cannot_be_read_are_left_out() -> None:
    """They are a help, not a promise."""
    assert encode_raised(Strange())["args"] is None
    assert encode_raised(ValueError(deep(1_000)))["args"] is None


def test_arguments_that_contain_the_exception_end() -> None:
    """A circle of exceptions is one of the values without end."""
    error = ValueError()
    error.args = (error,)

    assert raised_of(shape(encode_raised(error), RaisedFrame)).name == "builtins.ValueError"


def test_long_message_is_cut() -> None:
    """An answer is data to compare, not a store."""
    assert len(encode_raised(ValueError("a" * 10 * TEXT_LIMIT))["message"]) == TEXT_LIMIT


def test_traceback_ends_where_it_was_raised() -> None:
    """Of a deep one the innermost frames are told."""

    def dive(depth: int) -> None:
        if depth:
            dive(depth - 1)
        raise ValueError

    with pytest.raises(ValueError) as caught:  # noqa: PT011 - which one is not the point
        dive(50)
    frames = encode_raised(caught.value)["frames"]

    assert len(frames) == FRAMES
    assert frames[-1][2] == "dive"


def test_exception_in_a_list_is_carried() -> None:
    """Scenarios collect what was raised."""
    found = decode(encode([ValueError("no"), 5]))

    assert (found[0].name, found[0].message, found[1]) == ("builtins.ValueError", "no", 5)


def test_name_of_a_type_is_never_too_long() -> None:
    """A type may be called anything."""
    assert len(type_name(type("x" * 1_000, (), {}))) == 200
