"""Lock, RLock, Semaphore, BoundedSemaphore."""

from __future__ import annotations

from multiprocessing import synchronize as _synchronize
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op

synchronize: Any = _synchronize  # its private parts are what a mirror replaces

_make_methods = synchronize.SemLock._make_methods


def install() -> None:
    """Gate acquire and release of every semaphore that multiprocessing makes."""
    synchronize.SemLock._make_methods = _gated_methods
    synchronize.Semaphore.get_value = _get_value
    synchronize.SemLock.__enter__ = lambda self: self.acquire()
    synchronize.SemLock.__exit__ = lambda self, *_: self.release()


def name_of(lock: Any) -> str:
    """The resource's name, given when it was made."""
    return str(lock._gate_name)


def need_of(lock: Any) -> gate.Need | None:
    """What has to hold for `lock` to be acquired here: nothing if it is recursive and ours."""
    semaphore = lock._semlock
    if semaphore.kind == synchronize.RECURSIVE_MUTEX and semaphore._is_mine():
        return None
    return name_of(lock), Aspect.FREE


def _gated_methods(self: Any) -> None:
    _make_methods(self)
    semaphore = self._semlock
    inner = gate.is_passing()  # made by the library for something whose operations are gated, or that runs free
    self._gate_name = gate.new_name("inner" if inner else type(self).__name__.lower())

    def told() -> None:
        gate.tell(self._gate_name, Aspect.FREE, semaphore._get_value() > 0)

    def acquire(block: bool = True, timeout: float | None = None) -> Any:
        if inner or gate.is_off():
            return semaphore.acquire(block, timeout)

        def attempt() -> tuple[bool, Any]:
            done = semaphore.acquire(False)
            gate.saw(done)
            told()
            return done, done

        wait = (None if timeout is None else max(0.0, float(timeout))) if block else 0.0
        return gate.turn(Op.ACQUIRE, self._gate_name, attempt, need=need_of(self), wait=wait)

    def release() -> Any:
        if inner or gate.is_off():
            return semaphore.release()

        def attempt() -> tuple[bool, Any]:
            try:
                return True, semaphore.release()
            finally:
                told()

        return gate.turn(Op.RELEASE, self._gate_name, attempt)

    self.acquire = acquire
    self.release = release
    self._gate_inner = inner


def _get_value(self: Any) -> int:
    if self._gate_inner or gate.is_off():
        return int(self._semlock._get_value())

    def attempt() -> tuple[bool, int]:
        value = int(self._semlock._get_value())
        gate.saw(value)
        return True, value

    return int(gate.turn(Op.STATE, self._gate_name, attempt))
