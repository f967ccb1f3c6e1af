"""Condition: who falls asleep, who is woken.

The semaphores behind it are real (Lib/multiprocessing/synchronize.py): a sleeper counts itself, `notify` hands out
wake-ups and waits until each was taken, so that nobody who comes later can take one.
"""

from __future__ import annotations

from multiprocessing import synchronize as _synchronize
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op
from .locks import name_of

synchronize: Any = _synchronize  # its private parts are what a mirror replaces

_condition = {name: getattr(synchronize.Condition, name) for name in ("__init__", "wait", "notify")}


def install() -> None:
    """Gate what a condition does beside its lock."""
    synchronize.Condition.__init__ = _init
    synchronize.Condition.wait = _wait
    synchronize.Condition.notify = _notify


def _init(self: Any, lock: Any = None, *, ctx: Any) -> None:
    own = lock or ctx.RLock()  # that one is gated, the semaphores behind the condition are not
    with gate.passing():
        _condition["__init__"](self, own, ctx=ctx)
    self._gate_name = gate.new_name("condition")
    if lock is None:
        own._gate_name = f"{self._gate_name}.lock"


def _limit(timeout: float | None) -> float | None:
    return None if timeout is None else max(0.0, float(timeout))


def _wait(self: Any, timeout: float | None = None) -> Any:
    if gate.is_off():
        return _condition["wait"](self, timeout)
    lock = self._lock._semlock
    assert lock._is_mine(), "must acquire() condition before using wait()"
    depth = lock._count()

    def fall_asleep() -> tuple[bool, None]:
        self._sleeping_count._semlock.release()
        for _ in range(depth):
            lock.release()
        gate.tell(name_of(self._lock), Aspect.FREE, True)
        gate.tell(self._gate_name, Aspect.WOKEN, False)
        return True, None

    gate.turn(Op.RELEASE, name_of(self._lock), fall_asleep)
    try:
        return _sleep(self, timeout)
    finally:
        self._lock.acquire()
        for _ in range(depth - 1):
            lock.acquire()


def _sleep(condition: Any, timeout: float | None) -> bool:
    name = condition._gate_name

    def wake() -> tuple[bool, bool]:
        woken = condition._wait_semaphore._semlock.acquire(False)
        gate.saw(woken)
        gate.tell(name, Aspect.WOKEN, condition._wait_semaphore._semlock._get_value() > 0)
        return woken, woken

    try:
        return bool(gate.turn(Op.WAIT, name, wake, need=(name, Aspect.WOKEN), wait=_limit(timeout)))
    finally:  # still in the turn
        condition._woken_count._semlock.release()
        gate.tell(name, Aspect.TAKEN, True)


def _notify(self: Any, n: int = 1) -> None:
    if gate.is_off():
        _condition["notify"](self, n)
        return
    assert self._lock._semlock._is_mine(), "lock is not owned"
    sleepers = gate.turn(Op.NOTIFY, self._gate_name, lambda: (True, _rouse(self, n)))
    if sleepers:
        _see_them_wake(self, sleepers)


def _rouse(condition: Any, n: int) -> int:
    """Hand out wake-ups; as the library does, account for those whose time limit had passed."""
    while condition._woken_count._semlock.acquire(False):
        condition._sleeping_count._semlock.acquire(False)
    sleepers = 0
    while sleepers < n and condition._sleeping_count._semlock.acquire(False):
        condition._wait_semaphore._semlock.release()
        sleepers += 1
    if sleepers:
        gate.tell(condition._gate_name, Aspect.WOKEN, True)
        gate.tell(condition._gate_name, Aspect.TAKEN, None)
    return sleepers


def _see_them_wake(condition: Any, sleepers: int) -> None:
    """Wait until each wake-up was taken; what is left was handed out to somebody whose time limit had passed."""
    left = sleepers
    name = condition._gate_name

    def seen() -> tuple[bool, None]:
        nonlocal left
        while left and condition._woken_count._semlock.acquire(False):
            left -= 1
        gate.tell(name, Aspect.TAKEN, left == 0)
        if left == 0:
            while condition._wait_semaphore._semlock.acquire(False):
                pass
            gate.tell(name, Aspect.WOKEN, False)
        return left == 0, None

    gate.turn(Op.NOTIFIED, name, seen, need=(name, Aspect.TAKEN), wait=None)
