"""Pipes: send, receive, poll, close, and waiting for several of them or for the end of processes.

Each real read and write is a turn: a message of many bytes is written as two pieces and read as two, and waits in the
middle where the pipe is full or empty (Lib/multiprocessing/connection.py). Named are the pipes that the program makes,
by construction: what the library makes for its queues is part of their operations.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import select
import sys
import weakref
from collections.abc import Callable, Iterable
from multiprocessing import connection as _connection
from multiprocessing import context, resource_sharer
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op
from . import clock

connection: Any = _connection  # its private parts are what a mirror replaces

SEVERAL = "several things"
NAMES = 80  # letters of a name that cross the wall (suite/gatekeeper.py)
CHUNK = 32_768  # bytes of one write, so that how much fits does not depend on how memory is cut
_kind: Any = connection.Connection
_real = {name: getattr(_kind, name) for name in ("_send", "_recv", "_poll", "_close", "close", "send", "recv")}
_real_pipe = connection.Pipe
_real_wait = connection.wait
_named: weakref.WeakSet[Any] = weakref.WeakSet()
_ends: dict[int, str] = {}


def install() -> None:
    """Gate the pipes that the program makes."""
    for name, mirror in {"_send": _send, "_recv": _recv, "_poll": _poll, "_close": _close, "close": close}.items():
        setattr(_kind, name, mirror)
    _kind.send, _kind.recv = _send_object, _receive_object
    connection.Pipe = Pipe
    for owner in (multiprocessing, context.BaseContext):  # the package's names are bound methods, made at its import
        setattr(owner, "Pipe", staticmethod(Pipe))  # noqa: B010 - a mirror replaces it
    connection.wait = _wait
    resource_sharer._resource_sharer.register = _refuse_to_share  # type: ignore[attr-defined]


def know_end(sentinel: int, worker: str) -> None:
    """That descriptor becomes ready when the worker has ended."""
    _ends[sentinel] = worker


def Pipe(duplex: bool = True) -> Any:  # noqa: N802 - the library's name
    """Two connected ends. A queue makes its pipe itself: that one is part of the queue's operations."""
    first, second = _real_pipe(duplex)
    if gate.is_off() or clock.is_library(sys._getframe(1)):
        return first, second
    name = gate.new_name("pipe")
    forth, back = (f"{name} forth", f"{name} back") if duplex else (None, name)
    for end, reads, writes in ((first, back, forth), (second, forth, back)):
        end._gate_reads, end._gate_writes, end._gate_used = reads, writes, False
        _named.add(end)
    return first, second


def _reads(end: Any) -> str | None:
    return None if gate.is_off() else getattr(end, "_gate_reads", None)


def _writes(end: Any) -> str | None:
    return None if gate.is_off() else getattr(end, "_gate_writes", None)


def _send_object(self: Any, obj: Any) -> None:
    self._gate_shown = gate.shown(obj)
    _real["send"](self, obj)
    self._gate_shown = None


def _receive_object(self: Any) -> Any:
    obj = _real["recv"](self)
    if _reads(self):
        gate.saw(obj)
    return obj


def _send(self: Any, buf: Any, **_rest: Any) -> None:
    channel = _writes(self)
    if channel is None:
        _real["_send"](self, buf)
        return
    left = memoryview(buf)

    def attempt() -> tuple[bool, None]:
        nonlocal left
        while left.nbytes:
            written = _write_some(self._handle, left[:CHUNK])
            if written == 0:
                gate.tell(channel, Aspect.WRITABLE, False)
                return False, None
            left = left[written:]
            gate.tell(channel, Aspect.READABLE, True)
        return True, None

    shown = getattr(self, "_gate_shown", None) or f"{left.nbytes} bytes"
    gate.turn(Op.SEND, channel, attempt, need=(channel, Aspect.WRITABLE), wait=None, value=shown)


def _write_some(fd: int, data: memoryview) -> int:
    os.set_blocking(fd, False)
    try:
        return os.write(fd, data)
    except BlockingIOError:
        return 0
    finally:
        os.set_blocking(fd, True)


def _recv(self: Any, size: int, **_rest: Any) -> Any:
    channel = _reads(self)
    if channel is None or size == 0:
        return _real["_recv"](self, size)
    self._gate_used = True
    got = io.BytesIO()

    def attempt() -> tuple[bool, Any]:
        while (remaining := size - got.tell()) > 0:
            if not _is_ready(self._handle):
                gate.tell(channel, Aspect.READABLE, False)
                return False, None
            chunk = os.read(self._handle, remaining)
            if not chunk:
                raise EOFError if got.tell() == 0 else OSError("got end of file during message")
            got.write(chunk)
            gate.tell(channel, Aspect.WRITABLE, None)
        gate.saw(f"{size} bytes")
        gate.tell(channel, Aspect.READABLE, _is_ready(self._handle))
        return True, got

    return gate.turn(Op.RECEIVE, channel, attempt, need=(channel, Aspect.READABLE), wait=None)


def _is_ready(fd: int) -> bool:
    poll = select.poll()
    poll.register(fd, select.POLLIN | select.POLLPRI)
    return bool(poll.poll(0))


def _poll(self: Any, timeout: float | None) -> Any:
    channel = _reads(self)
    if channel is None:
        return _real["_poll"](self, timeout)
    self._gate_used = True

    def attempt() -> tuple[bool, bool]:
        ready = _is_ready(self._handle)
        gate.saw(ready)
        gate.tell(channel, Aspect.READABLE, ready)
        return ready, ready

    wait = None if timeout is None else max(0.0, float(timeout))
    return gate.turn(Op.POLL, channel, attempt, need=(channel, Aspect.READABLE), wait=wait)


def close(self: Any) -> None:
    """Close one end, in a turn: its value is the channel that loses a reader."""
    reads, writes = _reads(self), _writes(self)
    if self._handle is None or not (reads or writes):
        _real["close"](self)
        return
    gate.turn(Op.CLOSE, writes or reads or "", lambda: (True, _real["close"](self)), value=reads or "")


def _close(self: Any, *arguments: Any) -> None:
    _real["_close"](self, *arguments)
    reads, writes = getattr(self, "_gate_reads", None), getattr(self, "_gate_writes", None)
    if writes:
        gate.tell(writes, Aspect.READABLE, None)  # who reads it may see its end
    if reads:
        gate.tell(reads, Aspect.WRITABLE, None)  # who writes may find nobody


def close_what_was_read() -> None:
    """A process that ends leaves those who send to it alone: that is a turn, too."""
    for end in sorted(_named, key=lambda end: str(end._gate_reads)):
        if end._gate_used and end._handle is not None:
            close(end)


def _refuse_to_share(*_arguments: Any) -> Any:
    gate.uncontrolled("a connection that is sent to another process")


def _wait(object_list: Iterable[Any], timeout: float | None = None) -> list[Any]:
    """`connection.wait` for pipes of the program and for sentinels of its processes."""
    if gate.is_off() or clock.is_library(sys._getframe(1)):
        return list(_real_wait(object_list, timeout))
    objects = list(object_list)
    looks = [_look_at(item) for item in objects]
    on = ", ".join(name for name, _ in looks)

    def attempt() -> tuple[bool, list[Any]]:
        ready = [item for item, (_, is_ready) in zip(objects, looks, strict=True) if is_ready()]
        gate.saw(len(ready))
        return bool(ready), ready

    wait = None if timeout is None else max(0.0, float(timeout))
    return list(
        gate.turn(Op.POLL, on if len(on) <= NAMES else SEVERAL, attempt, need=(SEVERAL, Aspect.CHANGED), wait=wait)
    )


def _look_at(item: Any) -> tuple[str, Callable[[], bool]]:
    """Its name, and how to see whether it is ready; what has no gate is said to be outside."""
    if isinstance(item, int) and item in _ends:
        worker = _ends[item]
        return worker, lambda: gate.is_gone(worker)
    if getattr(item, "_gate_reads", None):
        item._gate_used = True
        return str(item._gate_reads), lambda: _is_ready(item.fileno())
    gate.uncontrolled("multiprocessing.connection.wait() for something else than pipes and processes")
    return SEVERAL, bool
