"""Files that others may have, too: each reading and each writing of the system is a turn, as for mapped memory.

What Python keeps in its buffers nobody else sees: a turn is due when a buffer is filled or flushed, as it really is.
A file is known by what is behind its name, so what one process maps, another one may read and write as a file.
"""

from __future__ import annotations

import builtins
import io
import os
import stat
import sys
from collections.abc import Callable
from typing import Any

from .. import gate
from ..views import text_of
from ..vocabulary import Op
from . import clock
from .buffers import name_of_file

_real_open = io.open


def install() -> None:
    """Gate what is opened from now on, and what is read and written by descriptor."""
    setattr(builtins, "open", _open)  # noqa: B010 - a mirror replaces it
    setattr(io, "open", _open)  # noqa: B010 - as pathlib and os.fdopen see it
    for name, op in (("read", Op.READ), ("write", Op.WRITE), ("pread", Op.READ), ("pwrite", Op.WRITE)):
        setattr(os, name, _by_descriptor(getattr(os, name), op))


def _open(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **named: Any) -> Any:
    """As the real one, over a file that asks for turns if others may change it."""
    known = dict(zip(("encoding", "errors", "newline", "closefd", "opener"), more, strict=False)) | named
    text = tuple(known.get(name) for name in ("encoding", "errors", "newline"))
    refused = (buffering == 0 and "b" not in mode) or ("b" in mode and any(word is not None for word in text))
    if gate.is_off() or gate.is_free() or refused or not _may_change(file):
        return _real_open(file, mode, buffering, *more, **named)
    if "w" in mode and not isinstance(file, int) and _is_filled(file):
        gate.turn(Op.WRITE, f"{_name_at(file)}[all]", lambda: (True, os.truncate(file, 0)))  # type: ignore[func-returns-value]
    raw = SharedFile(file, mode.replace("b", "").replace("t", "", 1), known.get("closefd", True), known.get("opener"))
    try:
        return _dressed(raw, mode, buffering, text)
    except BaseException:
        raw.close()
        raise


def _dressed(raw: Any, mode: str, buffering: int, text: tuple[Any, ...]) -> Any:
    """The layers that `open` puts over a raw file (library docs, io)."""
    if buffering == 0:
        return raw
    kind: Any = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
    buffered = kind(raw, buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE)
    if "b" in mode:
        return buffered
    encoding, errors, newline = text
    dressed: Any = io.TextIOWrapper(buffered, encoding, errors, newline, buffering == 1)
    dressed.mode = mode
    return dressed


class SharedFile(io.FileIO):
    """A file that asks for a turn whenever it asks the system for something."""

    def readinto(self, buffer: Any) -> Any:
        """A turn to read as much as there is, up to the size of the buffer."""
        return self._turn(Op.READ, memoryview(buffer).nbytes, lambda: super(SharedFile, self).readinto(buffer), buffer)

    def readall(self) -> bytes:
        """A turn to read the rest."""
        return bytes(self._turn(Op.READ, None, lambda: super(SharedFile, self).readall()))

    def read(self, size: int | None = -1) -> Any:
        """A turn to read up to so many bytes."""
        size = None if size is None or size < 0 else size
        return self._turn(Op.READ, size, lambda: super(SharedFile, self).read(-1 if size is None else size))

    def write(self, data: Any) -> Any:
        """A turn to write these bytes."""
        content = bytes(data)
        return self._turn(Op.WRITE, len(content), lambda: super(SharedFile, self).write(content), content)

    def truncate(self, size: int | None = None) -> int:
        """A turn to cut or to lengthen it."""
        return int(self._turn(Op.WRITE, None, lambda: super(SharedFile, self).truncate(size)))

    def _turn(self, op: Op, size: int | None, action: Callable[[], Any], content: Any = None) -> Any:
        if gate.is_off() or gate.is_free() or self.closed:
            return action()
        return _turn(op, _stretch(op, self.fileno(), None, size), action, content)


def _by_descriptor(real: Any, op: Op) -> Any:
    """os.read and its like: only files have turns, and only what the program itself reads and writes."""

    def called(fd: Any, what: Any, *offset: Any) -> Any:
        library = clock.is_library(sys._getframe(1))
        if library or gate.is_off() or gate.is_free() or not isinstance(fd, int) or not _is_file(fd):
            return real(fd, what, *offset)
        size = what if op is Op.READ else memoryview(what).nbytes
        content = None if op is Op.READ else bytes(what)
        where = _stretch(op, fd, offset[0] if offset else None, size)
        return _turn(op, where, lambda: real(fd, what, *offset), content)

    called.__name__ = called.__qualname__ = real.__name__
    called.__module__ = "posix"
    return called


def _stretch(op: Op, fd: int, place: int | None, size: int | None) -> str:
    """What so many bytes from a place on are called; None: from where the file stands, as many as there are."""
    end = os.fstat(fd).st_size
    begin = os.lseek(fd, 0, os.SEEK_CUR) if place is None else place
    stop = end if size is None else begin + size
    return f"{name_of_file(fd)}[{begin}:{max(begin, min(stop, end)) if op is Op.READ else stop}]"


def _turn(op: Op, where: str, action: Callable[[], Any], content: Any) -> Any:
    def attempt() -> tuple[bool, Any]:
        result = action()
        if op is Op.READ:
            read = bytes(content[:result]) if isinstance(result, int) and content is not None else result
            gate.saw_text(text_of(read) or "…")
        return True, result

    return gate.turn(op, where, attempt, value=text_of(content) if op is Op.WRITE else "")


def _may_change(file: Any) -> bool:
    """Whether it is a regular file, or not there yet, and this user can write it."""
    try:
        return _is_file(file) and (isinstance(file, int) or not os.path.lexists(file) or os.access(file, os.W_OK))
    except (OSError, TypeError, ValueError):
        return False  # the real one says what is wrong with it


def _is_file(file: Any) -> bool:
    """What lies below /proc and /sys looks like a file, but changes by itself."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116 - without pathlib
            return False
        path = os.readlink(f"/proc/self/fd/{file}") if isinstance(file, int) else os.path.abspath(os.fsdecode(file))  # noqa: PTH100, PTH115
    except FileNotFoundError:
        return True
    return not path.startswith(("/proc/", "/sys/"))


def _is_filled(path: Any) -> bool:
    return os.access(path, os.R_OK) and os.stat(path).st_size > 0  # noqa: PTH116 - without pathlib


def _name_at(path: Any) -> str:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return name_of_file(fd)
    finally:
        os.close(fd)
