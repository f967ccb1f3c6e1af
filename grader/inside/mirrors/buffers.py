"""mmap, SharedMemory and ShareableList: what they map is named, so that views of it can ask for turns.

Two mappings of one file or block are the same memory, whoever made them: the examiner tells by the file behind them
how it is called, and compares its bytes before and after each turn.
"""

from __future__ import annotations

import mmap
import os
import re
import stat
import sys
from multiprocessing import heap as _heap
from multiprocessing import shared_memory as _shared_memory
from types import SimpleNamespace
from typing import Any

from .. import gate, regions, rewriting
from ..vocabulary import Op

heap: Any = _heap  # their private parts are what a mirror replaces
shared_memory: Any = _shared_memory

MEMORY = "/dev/shm"  # noqa: S108  the box's own
RANDOM_NAME = re.compile(r"tmp\w{8}|\d+")  # as tempfile makes them: it would differ from run to run
PRIVATE = getattr(mmap, "MAP_PRIVATE", 2)
ANONYMOUS = getattr(mmap, "MAP_ANONYMOUS", 32)
_real_mmap = mmap.mmap
_names: dict[tuple[int, int], str] = {}
_get_item = shared_memory.ShareableList.__getitem__
_set_item = shared_memory.ShareableList.__setitem__


def install(source: str) -> None:
    """Name what is mapped from now on, and let the program's modules be loaded so that they ask for turns."""
    setattr(mmap, "mmap", Mapping)  # noqa: B010 - a mirror replaces it
    shared_memory.resource_tracker = SimpleNamespace(register=_untracked, unregister=_untracked)
    shared_memory.ShareableList.__getitem__ = _read_item
    shared_memory.ShareableList.__setitem__ = _write_item
    module = os.path.basename(source).removesuffix(".py")  # noqa: PTH119 - the box starts without pathlib
    rewriting.install(module, "scenarios")


class Mapping(_real_mmap):
    """A mapping that is known to the examiner if it is shared."""

    def __new__(cls, fileno: int, length: int, *arguments: Any, **keywords: Any) -> Any:
        """As the real one; an anonymous one is given a file without a name, by which it is known."""
        maker = sys._getframe(1).f_code.co_filename
        if gate.is_off() or maker == heap.__file__ or _is_private(arguments, keywords):
            return super().__new__(cls, fileno, length, *arguments, **keywords)
        if fileno != -1:
            mapping = super().__new__(cls, fileno, length, *arguments, **keywords)
            offset = keywords.get("offset", arguments[3] if len(arguments) > 3 else 0)
            return _named(mapping, fileno, _kind_of(fileno, maker), offset)
        real = super().__new__(cls, fileno, length, *arguments, **keywords)  # what it refuses, it refuses as usual
        real.close()
        return _anonymous(cls, length, arguments, keywords)


Mapping.__name__ = Mapping.__qualname__ = "mmap"
Mapping.__module__ = "mmap"


def _is_private(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> bool:
    """Whether nobody else sees what is written there."""
    flags = keywords.get("flags", arguments[0] if arguments else 0)
    access = keywords.get("access", arguments[2] if len(arguments) > 2 else 0)
    return access == mmap.ACCESS_COPY or (isinstance(flags, int) and bool(flags & PRIVATE))


def _anonymous(cls: Any, length: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    try:
        fd = os.open(MEMORY, os.O_RDWR | os.O_TMPFILE | os.O_CLOEXEC, 0o600)
    except OSError:
        gate.uncontrolled("an anonymous mmap")
        raise
    try:
        os.ftruncate(fd, length)
        if arguments:
            arguments = (arguments[0] & ~ANONYMOUS, *arguments[1:])
        if "flags" in keywords:
            keywords = {**keywords, "flags": keywords["flags"] & ~ANONYMOUS}
        return _named(_real_mmap.__new__(cls, fd, length, *arguments, **keywords), fd, "mmap", 0)
    finally:
        os.close(fd)


def _kind_of(fd: int, maker: str) -> str:
    """A word for what is mapped: the file's name, or "memory" for a block of SharedMemory."""
    if maker == shared_memory.__file__:
        return "memory"
    try:
        name = os.readlink(f"/proc/self/fd/{fd}").rpartition("/")[2]  # noqa: PTH115 - the box starts without pathlib
    except OSError:
        return "file"
    word = re.sub(r"[^\w.-]", "_", name.removesuffix(" (deleted)"))[:30]
    return "file" if not word or RANDOM_NAME.fullmatch(word) else word


def _named(mapping: Any, fd: int, kind: str, offset: int) -> Any:
    if stat.S_ISREG(os.fstat(fd).st_mode):
        regions.note(mapping, _name(fd, kind), offset=offset)
    else:
        gate.uncontrolled("an mmap of something that is no file")
    return mapping


def name_of_file(fd: int) -> str:
    """What the file behind a descriptor is called; the examiner keeps it open, so that no number means two files."""
    return _name(fd, _kind_of(fd, ""))


def _name(fd: int, kind: str) -> str:
    about = os.fstat(fd)
    key = (about.st_dev, about.st_ino)
    if key not in _names:
        _names[key] = gate.name_mapping(fd, gate.new_name(kind) if kind in {"memory", "mmap", "file"} else kind)
    return _names[key]


def _untracked(_name: str, _kind: str) -> None:
    """No tracker beside an episode: the box is cleaned after it."""


def _list_name(self: Any, index: Any) -> str:
    view = regions.view_of(self.shm.buf)
    name = view.region.name if view else "memory"
    if isinstance(index, int) and index < 0:
        index += len(self)
    return f"{name}[item {index}]"[:70]


def _read_item(self: Any, position: Any) -> Any:
    if gate.is_off():
        return _get_item(self, position)

    def attempt() -> tuple[bool, Any]:
        value = _get_item(self, position)
        gate.saw(value)
        return True, value

    return gate.turn(Op.READ, _list_name(self, position), attempt)


def _write_item(self: Any, position: Any, value: Any) -> None:
    if gate.is_off():
        _set_item(self, position, value)
        return
    where = _list_name(self, position)
    gate.turn(Op.WRITE, where, lambda: (True, _set_item(self, position, value)), value=gate.shown(value))
