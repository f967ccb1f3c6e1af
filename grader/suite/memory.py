"""Shared memory of the program, read by the examiner itself."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from collections.abc import Container
from dataclasses import dataclass, replace

from grader.wire import Introduction, Malformed

FORMATS = "bBhHiIqQ"
MOST_ELEMENTS = 100_000
MOST_MAPPINGS = 64
COMPARED = 1_048_576  # bytes of a mapping
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Watched:
    """Integers in an arena of the program; `count` is 0 for a single value, `first` is what they were when shared.

    They are read with pread: a file that the program truncates would end a process that has mapped it.
    """

    fd: int
    offset: int
    format: str
    count: int
    first: str = ""

    def read(self) -> int | list[int]:
        """The value now; raises Malformed if the memory is no longer there."""
        pattern = f"={max(self.count, 1)}{self.format}"
        try:
            data = os.pread(self.fd, struct.calcsize(pattern), self.offset)
            numbers = list(struct.unpack(pattern, data))
        except (OSError, struct.error, OverflowError) as error:
            raise Malformed(f"shared memory cannot be read any more: {error}") from error
        return numbers if self.count else numbers[0]

    def close(self) -> None:
        """Let go of the arena."""
        os.close(self.fd)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A file or block that processes of the program have mapped; open, so that its number stays its own."""

    fd: int
    name: str

    def text(self) -> str:
        """What it holds: two contents that differ have two texts, up to the bytes that are compared."""
        try:
            return hashlib.blake2b(os.pread(self.fd, COMPARED, 0), digest_size=16).hexdigest()
        except OSError:
            return "unreadable"

    def close(self) -> None:
        """Let go of it."""
        os.close(self.fd)


def mapped(known: dict[tuple[int, int], Mapped], fd: int, proposed: str, taken: Container[str]) -> str:
    """The name of the file behind `fd`, kept in `known`; "" if it cannot be watched. The descriptor is ours then."""
    about = os.fstat(fd)
    key = (about.st_dev, about.st_ino)
    if key in known or not stat.S_ISREG(about.st_mode) or len(known) >= MOST_MAPPINGS:
        os.close(fd)
        return known[key].name if key in known else ""
    names = {mapping.name for mapping in known.values()}
    name, number = proposed, 1
    while name in names or name in taken:
        number += 1
        name = f"{proposed}-{number}"
    known[key] = Mapped(fd=fd, name=name)
    return name


def watched(introduction: Introduction, fd: int) -> Watched:
    """The memory that an introduction describes; raises Malformed."""
    try:
        _check(introduction)
        memory = Watched(fd=fd, offset=introduction.offset, format=introduction.format, count=introduction.count)
        return replace(memory, first=text_of(memory.read()))
    except Malformed:
        os.close(fd)
        raise


def _check(introduction: Introduction) -> None:
    plausible = introduction.format in FORMATS and len(introduction.format) == 1 and introduction.offset >= 0
    if not plausible or not 0 <= introduction.count <= MOST_ELEMENTS:
        raise Malformed("shared memory of an unknown shape")


def text_of(value: int | list[int]) -> str:
    """The value as text: two values that differ have two texts."""
    if isinstance(value, int):
        return str(value)
    shown = ",".join(map(str, value[:SHOWN]))
    return shown if len(value) <= SHOWN else f"{shown},... ({hash(tuple(value)):x})"
