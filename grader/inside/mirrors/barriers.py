"""Barrier: to arrive is one turn, to be let go another.

Whoever arrives last lets all go at once. That those who were let go have to leave before anybody can arrive anew
(Lib/threading.py, "draining") shows in nothing that a program can see, so it is not played. Numbers in shared memory
say how often the barrier let go and how often it was broken: who waits remembers both.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import heap as _heap
from multiprocessing import synchronize as _synchronize
from threading import BrokenBarrierError
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op

heap: Any = _heap  # its private parts are what a mirror replaces
synchronize: Any = _synchronize  # its private parts are what a mirror replaces

Before = tuple[int, int, str]  # how often it had let go and been broken when one arrived, and the name of that round
BROKEN = -2  # the library's own word for it
_real = {name: getattr(synchronize.Barrier, name) for name in ("__init__", "wait", "reset", "abort")}


def install() -> None:
    """Gate arriving, waiting, and the queries."""
    for name, mirror in {"__init__": _init, "wait": _wait, "reset": _reset, "abort": _abort}.items():
        setattr(synchronize.Barrier, name, mirror)
    for name in ("broken", "n_waiting"):
        setattr(synchronize.Barrier, name, property(_queried(getattr(synchronize.Barrier, name).fget)))


def _init(self: Any, parties: Any, action: Any = None, timeout: float | None = None, *, ctx: Any) -> None:
    with gate.passing():
        _real["__init__"](self, parties, action, timeout, ctx=ctx)
        self._gate_memory = heap.BufferWrapper(8)
    self._gate_name = gate.new_name("barrier")


def _numbers(barrier: Any) -> memoryview[int]:
    """How often it let go, and how often it was broken while somebody waited."""
    view: memoryview[int] = barrier._gate_memory.create_memoryview()[:8].cast("i")
    return view


def _wait(self: Any, timeout: float | None = None) -> Any:
    if gate.is_off():
        return _real["wait"](self, timeout)
    index, before = _arrive(self)
    if index + 1 < self._parties:
        _be_let_go(self, before, self._timeout if timeout is None else timeout)
    elif self._action:
        _act(self)
    return index


def _arrive(self: Any) -> tuple[int, Before]:
    def attempt() -> tuple[bool, Any]:
        if self._state == BROKEN:
            raise BrokenBarrierError
        if self._count == self._parties:  # the last one runs the action meanwhile
            gate.tell(self._gate_name, Aspect.FREE, False)
            return False, None
        index = self._count
        self._count += 1
        gate.saw(index)
        before = (_numbers(self)[0], _numbers(self)[1], _round(self))
        if index == 0:
            gate.tell(_round(self), Aspect.WOKEN, False)
        if index + 1 == self._parties and not self._action:
            _let_go(self)
        return True, (index, before)

    arrived: tuple[int, Before]
    arrived = gate.turn(Op.ARRIVE, self._gate_name, attempt, need=(self._gate_name, Aspect.FREE), wait=None)
    return arrived


def _act(self: Any) -> None:
    try:
        self._action()
    except BaseException:
        gate.turn(Op.ABORT, self._gate_name, lambda: _break(self))
        raise
    gate.turn(Op.NOTIFY, self._gate_name, lambda: _let_go(self))


def _let_go(self: Any) -> tuple[bool, None]:
    _end_round(self, 0)
    return True, None


def _break(self: Any) -> tuple[bool, None]:
    self._state = BROKEN
    _end_round(self, 1)
    return True, None


def _end_round(self: Any, how: int) -> None:
    gate.tell(_round(self), Aspect.WOKEN, True)
    gate.tell(self._gate_name, Aspect.FREE, True)
    self._count = 0
    _numbers(self)[how] += 1


def _round(self: Any) -> str:
    """What those who have arrived wait for: the end of this round."""
    return f"{self._gate_name} round {sum(_numbers(self))}"


def _be_let_go(self: Any, before: Before, timeout: float | None) -> None:
    numbers = _numbers(self)

    def attempt() -> tuple[bool, bool]:
        if self._state == BROKEN or numbers[1] != before[1]:
            raise BrokenBarrierError
        gone = numbers[0] != before[0]
        gate.saw(gone)
        return gone, gone

    name, need = self._gate_name, (before[2], Aspect.WOKEN)
    wait = None if timeout is None else max(0.0, float(timeout))
    if gate.turn(Op.WAIT, name, attempt, need=need, wait=wait):
        return
    if self._count == self._parties:  # still in the turn: the last one has come, in time, and runs the action
        gate.turn(Op.WAIT, name, attempt, need=need, wait=None)
        return
    _break(self)
    raise BrokenBarrierError


def _reset(self: Any) -> None:
    def action() -> tuple[bool, None]:
        if self._count > 0 or self._state == BROKEN:
            _break(self)
        self._state = 0
        return True, None

    _in_turn(self, Op.RESET, "reset", action)


def _abort(self: Any) -> None:
    _in_turn(self, Op.ABORT, "abort", lambda: _break(self))


def _in_turn(self: Any, op: Op, name: str, action: Callable[[], tuple[bool, None]]) -> None:
    if gate.is_off():
        _real[name](self)
    else:
        gate.turn(op, self._gate_name, action)


def _queried(real: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def query(self: Any) -> Any:
        if gate.is_off():
            return real(self)

        def attempt() -> tuple[bool, Any]:
            result = real(self)
            gate.saw(result)
            return True, result

        return gate.turn(Op.STATE, self._gate_name, attempt)

    return query
