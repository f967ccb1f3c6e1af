"""Event: set, cleared, waited for; each is one turn.

`set` wakes everybody who waits at that moment, and a waiter that was woken looks at the flag once more, maybe after
somebody has cleared it (Lib/multiprocessing/synchronize.py). So a waiter remembers how often the event had been set.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import heap as _heap
from multiprocessing import synchronize as _synchronize
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op

heap: Any = _heap  # its private parts are what a mirror replaces
synchronize: Any = _synchronize  # its private parts are what a mirror replaces

_real = {name: getattr(synchronize.Event, name) for name in ("__init__", "is_set", "set", "clear", "wait")}


def install() -> None:
    """Gate the four operations of an event."""
    replaced = {"__init__": _init, "is_set": _is_set, "set": _set, "clear": _clear, "wait": _wait}
    for name, mirror in replaced.items():
        setattr(synchronize.Event, name, mirror)


def _init(self: Any, *, ctx: Any) -> None:
    with gate.passing():
        _real["__init__"](self, ctx=ctx)
        self._gate_memory = heap.BufferWrapper(4)
    self._gate_name = gate.new_name("event")


def times_set(event: Any) -> memoryview[int]:
    """How often the event was set, in memory that all who have it share; one element."""
    view: memoryview[int] = event._gate_memory.create_memoryview()[:4].cast("i")
    return view


def _moment(event: Any) -> str:
    """What those who wait now wait for: the next time it is set."""
    return f"{event._gate_name} after {times_set(event)[0]}"


def _flag(event: Any) -> bool:
    up = bool(event._flag._semlock._get_value() > 0)
    gate.saw(up)
    return up


def _is_set(self: Any) -> bool:
    if gate.is_off():
        return bool(_real["is_set"](self))
    return bool(gate.turn(Op.IS_SET, self._gate_name, lambda: (True, _flag(self))))


def _set(self: Any) -> None:
    def action() -> None:
        self._flag._semlock.acquire(False)
        self._flag._semlock.release()
        gate.tell(_moment(self), Aspect.WOKEN, True)
        times_set(self)[0] += 1

    _change(self, Op.SET, "set", action)


def _clear(self: Any) -> None:
    _change(self, Op.CLEAR, "clear", lambda: self._flag._semlock.acquire(False))


def _change(self: Any, op: Op, name: str, action: Callable[[], Any]) -> None:
    if gate.is_off():
        _real[name](self)
    else:
        gate.turn(op, self._gate_name, lambda: (True, action()))


def _wait(self: Any, timeout: float | None = None) -> bool:
    if gate.is_off():
        return bool(_real["wait"](self, timeout))

    def look() -> tuple[bool, tuple[bool, str, int]]:
        up, moment = _flag(self), _moment(self)
        if not up:
            gate.tell(moment, Aspect.WOKEN, False)
        return True, (up, moment, times_set(self)[0])

    up, moment, before = gate.turn(Op.IS_SET, self._gate_name, look)
    if up:
        return True

    def wake() -> tuple[bool, bool]:
        return times_set(self)[0] != before, _flag(self)

    wait = None if timeout is None else max(0.0, float(timeout))
    return bool(gate.turn(Op.WAIT, self._gate_name, wake, need=(moment, Aspect.WOKEN), wait=wait))
