"""Whatever way a view was made, it is known which shared bytes it shows."""

from __future__ import annotations

import ctypes
import mmap
from typing import Any

import pytest

from grader.inside import regions


class Pair(ctypes.Structure):
    """Two numbers."""

    _fields_ = (("first", ctypes.c_int32), ("second", ctypes.c_int64))


class Mapped(mmap.mmap):
    """A mapping to which a reference can be weak."""


@pytest.fixture
def memory() -> mmap.mmap:
    """A mapping that is known as byte 100 and those behind it of "block"."""
    memory = Mapped(-1, 64)
    regions.note(memory, "block", offset=100)
    return memory


def view(value: Any) -> regions.View:
    """Where it points; it has to be shared."""
    found = regions.view_of(value)
    assert found is not None
    return found


def test_bytes_are_counted_from_the_beginning_of_what_is_mapped(memory: mmap.mmap) -> None:
    """One byte by its number, several as a slice; a negative index counts from the end."""
    whole = view(memory)

    assert whole.whole() == "block[100:164]"
    assert whole.element(0) == "block[100]"
    assert whole.element(-1) == "block[163]"
    assert whole.element(slice(8)) == "block[100:108]"
    assert whole.element(slice(60, 99)) == "block[160:164]"
    assert whole.element(slice(9, 0, -4)) == "block[101:110]"


def test_memory_that_is_given_another_name_has_it_in_views_too() -> None:
    """A scenario names what the examiner reads: a change seen there must be the turn that was asked for."""
    array = (ctypes.c_int * 4)()
    regions.note(array, "array-1", item=4)
    numbers = memoryview(array).cast("B").cast("i")
    regions.rename(array, "bins")

    assert view(numbers).element(2) == "bins[2]"


def test_cuts_and_casts_are_known_by_their_address(memory: mmap.mmap) -> None:
    """The same number has the same name through every view of it."""
    cut = memoryview(memory)[8:40]
    numbers = cut.cast("q")

    assert view(cut).whole() == "block[108:140]"
    assert view(numbers).element(1) == view(numbers[1:]).element(0) == "block[116:124]"
    assert view(numbers[::2]).element(1) == "block[124:132]"
    assert view(numbers[::-1]).element(0) == "block[132:140]"
    assert view(ctypes.c_int64.from_buffer(memory, 16)).whole() == "block[116:124]"
    assert view(Pair.from_buffer(memory, 8)).stretch(8, 16) == "block[116:124]"


def test_numbers_of_an_array_are_counted_as_such() -> None:
    """As the witness of an Array names them."""
    array = (ctypes.c_int * 4)()
    regions.note(array, "array-1", item=4)

    assert view(memoryview(array).cast("B")).element(slice(4, 8)) == "array-1[1]"
    assert view(memoryview(array).cast("B").cast("i")).element(2) == "array-1[2]"


def test_what_is_not_shared_is_no_view(memory: mmap.mmap) -> None:
    """Bytes of one's own, a view that was released, a mapping that was closed."""
    released = memoryview(memory)
    released.release()

    assert regions.view_of(memoryview(bytearray(8))) is None
    assert regions.view_of(b"bytes") is None
    assert regions.view_of(released) is None

    memory.close()

    assert regions.view_of(memory) is None


def test_looking_keeps_no_mapping_open(memory: mmap.mmap) -> None:
    """A mapping of which a view is exported cannot be closed (BufferError)."""
    view(memory)
    memory.close()

    assert memory.closed
