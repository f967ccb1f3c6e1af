"""The examiner reads the program's integers itself, and survives whatever the program does to the file."""

from __future__ import annotations

import array
import os
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.inside.vocabulary import Role
from grader.suite.memory import FORMATS, Mapped, Watched, mapped, text_of, watched
from grader.wire import Introduction, Malformed


@pytest.fixture
def arena() -> Iterator[int]:
    """A file of 64 bytes, as the library makes them for shared memory."""
    with tempfile.TemporaryFile() as file:
        file.write(bytes(64))
        file.flush()
        yield os.dup(file.fileno())


def introduced(**what: Any) -> Introduction:
    """How a process introduces memory."""
    return Introduction(call="", role=Role.SHARE, **{"format": "i", **what})


@pytest.mark.parametrize("letter", FORMATS)
def test_integers_of_every_width_are_read(arena: int, letter: str) -> None:
    """Signed and unsigned, each at its offset, as the machine lays them out."""
    number = -3 if letter.islower() else 3
    os.pwrite(arena, struct.pack(f"={letter}", number), 8)
    memory = watched(introduced(format=letter, offset=8), arena)

    assert memory.read() == number
    assert struct.calcsize(f"={letter}") == array.array(letter).itemsize

    memory.close()


def test_array_is_a_list_and_a_value_is_a_number(arena: int) -> None:
    """An array of one element is a list."""
    os.pwrite(arena, struct.pack("=iii", 1, 2, 3), 0)

    assert Watched(arena, 0, "i", 3).read() == [1, 2, 3]
    assert Watched(arena, 0, "i", 1).read() == [1]
    assert Watched(arena, 0, "i", 0).read() == 1

    os.close(arena)


@pytest.mark.parametrize(
    "what",
    [{"format": ""}, {"format": "ii"}, {"format": "s"}, {"offset": -1}, {"count": -1}, {"count": 10**9}],
    ids=str,
)
def test_memory_of_an_unknown_shape_is_malformed(arena: int, what: dict[str, Any]) -> None:
    """Its descriptor is closed: nobody will."""
    with pytest.raises(Malformed, match="unknown shape"):
        watched(introduced(**what), arena)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(arena)


@pytest.mark.parametrize("offset", [64, 62, 2**62, 2**63 - 1])
def test_memory_that_is_not_there_is_malformed(arena: int, offset: int) -> None:
    """Beyond the end of the file, or beyond all files."""
    with pytest.raises(Malformed, match="cannot be read"):
        watched(introduced(offset=offset), arena)


def test_truncated_memory_is_malformed(arena: int) -> None:
    """A process that had mapped it would be killed by SIGBUS."""
    memory = watched(introduced(offset=0), arena)
    os.ftruncate(arena, 2)

    with pytest.raises(Malformed, match="cannot be read"):
        memory.read()

    memory.close()


def test_pipe_is_no_memory() -> None:
    """Reading from it would block."""
    ends = os.pipe()
    with pytest.raises(Malformed, match="cannot be read"):
        watched(introduced(), ends[0])
    os.close(ends[1])


def test_file_has_one_name_however_it_came(tmp_path: Path) -> None:
    """Two descriptors of one file are one mapping; another file of the same name gets another one."""
    known: dict[tuple[int, int], Mapped] = {}
    for name in ("counter", "other"):
        (tmp_path / name).write_bytes(bytes(8))
    opened = [os.open(tmp_path / name, os.O_RDWR) for name in ("counter", "counter", "other", "other")]

    names = [mapped(known, fd, "counter", {"counter-2"}) for fd in opened]

    assert names == ["counter", "counter", "counter-3", "counter-3"]

    for mapping in known.values():
        mapping.close()


def test_pipe_is_no_mapping() -> None:
    """It cannot be read without taking something out of it; its descriptor is closed."""
    ends = os.pipe()

    assert mapped({}, ends[0], "pipe", ()) == ""
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(ends[0])
    os.close(ends[1])


def test_text_of_a_mapping_differs_where_its_bytes_do(tmp_path: Path) -> None:
    """It is compared before and after each turn."""
    known: dict[tuple[int, int], Mapped] = {}
    path = tmp_path / "file"
    path.write_bytes(bytes(8))
    mapped(known, os.open(path, os.O_RDWR), "file", ())
    (mapping,) = known.values()
    before = mapping.text()
    path.write_bytes(bytes(7) + b"x")

    assert mapping.text() != before

    mapping.close()


def test_texts_differ_where_values_do() -> None:
    """Also beyond what is shown of a long array: they are compared to find changes without a turn."""
    long = [0] * 200

    assert text_of(5) == "5"
    assert text_of([1, 2]) == "1,2"
    assert text_of(long) == text_of(list(long))
    assert text_of(long) != text_of([*long[:-1], 1])
