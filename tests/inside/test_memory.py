"""The examiner is told where shared integers lie, and how wide they are."""

from __future__ import annotations

import ctypes
import multiprocessing as mp
import os
from typing import Any

import pytest

from grader.inside.memory import place_of
from grader.inside.vocabulary import Role
from grader.suite.memory import Watched, watched
from grader.wire import Introduction

INTEGERS = [(code, True) for code in "bhilq"] + [(code, False) for code in "BHILQ"]


def seen(value: Any) -> Watched:
    """What the examiner makes of what it is told."""
    fd, place = place_of(value)
    return watched(Introduction(call="", role=Role.SHARE, name="v", **place), os.dup(fd))


@pytest.mark.parametrize("lock", [True, False])
@pytest.mark.parametrize(("code", "signed"), INTEGERS)
def test_value_of_every_kind_is_read_as_it_is(code: str, *, signed: bool, lock: bool) -> None:
    """With its own lock and raw; -1 is -1, and the largest unsigned one stays what it is."""
    number = -1 if signed else 2 ** (8 * ctypes.sizeof(ctypes.c_int)) - 1 if code == "I" else 200
    value = mp.Value(code, number, lock=lock)
    memory = seen(value)

    assert memory.read() == number

    value.value = 7

    assert memory.read() == 7

    memory.close()


@pytest.mark.parametrize("lock", [True, False])
def test_array_is_read_in_its_length(*, lock: bool) -> None:
    """Neighbours in the same arena are not part of it."""
    neighbour = mp.Array("q", [9] * 8)
    array = mp.Array("i", [1, -2, 3], lock=lock)
    memory = seen(array)

    assert memory.read() == [1, -2, 3]
    assert seen(neighbour).read() == [9] * 8

    memory.close()


def test_second_value_in_the_same_arena_has_its_own_place() -> None:
    """They are told apart by their offsets."""
    first, second = mp.Value("i", 1), mp.Value("i", 2)

    assert (seen(first).read(), seen(second).read()) == (1, 2)


class Point(ctypes.Structure):
    """Not an integer."""

    _fields_ = (("x", ctypes.c_int),)


@pytest.mark.parametrize("kind", ["d", "f", "c", ctypes.c_bool, Point], ids=str)
def test_other_memory_is_refused(kind: Any) -> None:
    """An author who shares it learns that the examiner cannot read it."""
    with pytest.raises(TypeError, match="cannot be read as integers"):
        place_of(mp.Value(kind))
