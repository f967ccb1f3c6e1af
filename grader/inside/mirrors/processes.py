"""Process: start, join, is_alive and exitcode, and the end of a process."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing import process as _process
from multiprocessing import util as _util
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op
from . import pipes

process: Any = _process  # its private parts are what a mirror replaces
util: Any = _util  # its private parts are what a mirror replaces

_real = {name: getattr(process.BaseProcess, name) for name in ("start", "join", "is_alive", "_bootstrap")}
_real_exitcode = process.BaseProcess.exitcode
_real_exit = util._exit_function
_real_children = process.active_children


def install() -> None:
    """Gate the life of processes."""
    kind: Any = process.BaseProcess
    kind.start = _start
    kind.join = _join
    kind.is_alive = _query(_real["is_alive"])
    kind.exitcode = property(_query(_real_exitcode.fget))
    kind._bootstrap = _bootstrap
    kind.close = _query(kind.close)
    process.active_children = _active_children
    for owner in (multiprocessing, multiprocessing.context.BaseContext):
        setattr(owner, "active_children", staticmethod(_active_children))  # noqa: B010 - a mirror replaces it
    util._exit_function = _exit_function


def _start(self: Any) -> None:
    if gate.is_off() or gate.is_free():
        if (name := gate.child_name()) is not None:
            self._gate_name = name
        _real["start"](self)
        return
    if self._popen is not None:
        _real["start"](self)  # refuses: it has a name, and keeps it
    method = getattr(self, "_start_method", None) or multiprocessing.get_start_method()
    if method != "fork":
        gate.uncontrolled(f"a process started by {method}")
    self._gate_name = gate.new_child()
    gate.turn(Op.START, self._gate_name)
    with gate.bringing_up(self._gate_name):
        _real["start"](self)
    pipes.know_end(self._popen.sentinel, self._gate_name)


def _bootstrap(self: Any, *arguments: Any, **keywords: Any) -> Any:
    run = self.run

    def run_then_leave() -> None:
        try:
            run()
        finally:
            if not gate.is_free():
                pipes.close_what_was_read()
            gate.leaving()

    self.run = run_then_leave
    try:
        return _real["_bootstrap"](self, *arguments, **keywords)
    finally:
        gate.leaving()


def _exit_function(*arguments: Any, **keywords: Any) -> Any:
    gate.leaving()
    with gate.passing():
        return _real_exit(*arguments, **keywords)


def _name(self: Any) -> str | None:
    return getattr(self, "_gate_name", None) if self._popen is not None else None


def _join(self: Any, timeout: float | None = None) -> Any:
    name = _name(self)
    if gate.is_off() or name is None or self._parent_pid != os.getpid():  # of a stranger it is refused at once
        return _real["join"](self, timeout)
    wait = None if timeout is None else max(0.0, float(timeout))

    def attempt() -> tuple[bool, None]:
        if not gate.is_gone(name):
            return False, None
        _real["join"](self)
        return True, None

    gate.turn(Op.JOIN, name, attempt, need=(name, Aspect.GONE), wait=wait)
    return None


def _query(real: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def query(self: Any) -> Any:
        name = _name(self)
        if gate.is_off() or name is None:
            return real(self)

        def attempt() -> tuple[bool, Any]:
            if gate.is_gone(name):
                _real["join"](self)  # its end is a fact of the schedule, not of when the kernel reaps it
            return True, real(self)

        return gate.turn(Op.IS_ALIVE, name, attempt)

    return query


def _active_children() -> Any:
    if gate.is_off():
        return _real_children()

    def attempt() -> tuple[bool, Any]:
        for child in list(process._children):
            if gate.is_gone(_name(child) or ""):
                _real["join"](child)
        return True, _real_children()

    return list(gate.turn(Op.IS_ALIVE, "all children", attempt))
