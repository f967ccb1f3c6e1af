"""Signals between processes: Process.terminate, Process.kill, os.kill, and the handlers of the program.

A signal finds its process where that waits for its turn. What the kernel will do with it stands in /proc: a process
that dies of it has to be gone before the next turn; one that handles it runs its handler first, with turns of its own.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import process as _process
from pathlib import Path
from types import FrameType
from typing import Any

from .. import gate
from ..vocabulary import Handling, Op
from . import clock

process: Any = _process  # its private parts are what a mirror replaces

_real_signal = signal.signal
_real_getsignal = signal.getsignal
_real_kill = os.kill
WAITING_BY_SIGNALS = ("alarm", "setitimer", "pause", "sigwait", "sigwaitinfo", "sigtimedwait", "pthread_kill")


def install() -> None:
    """Gate what sends and what handles signals."""
    for name, mirror in (("signal", _signal), ("getsignal", _getsignal), ("raise_signal", _raise)):
        setattr(signal, name, mirror)
    setattr(os, "kill", _kill)  # noqa: B010 - a mirror replaces it
    if _real_getsignal(signal.SIGINT) is signal.default_int_handler:
        _real_signal(signal.SIGINT, _Handler(signal.default_int_handler))
    for name, number in (("terminate", signal.SIGTERM), ("kill", signal.SIGKILL)):
        setattr(process.BaseProcess, name, _ender(getattr(process.BaseProcess, name), number))
    for name in WAITING_BY_SIGNALS:
        if hasattr(signal, name):
            setattr(signal, name, _refusing(getattr(signal, name), f"signal.{name}()"))


def _ender(real: Callable[[Any], None], number: signal.Signals) -> Callable[[Any], None]:
    def end(self: Any) -> None:
        name = getattr(self, "_gate_name", None) if self._popen is not None else None
        if gate.is_off() or name is None:
            real(self)
            return
        _send(name, self._popen.pid, number)

    return end


def _kill(pid: int, number: int) -> None:
    if gate.is_off() or number == 0 or clock.is_library(sys._getframe(1)):  # a pool ends its own processes
        _real_kill(pid, number)
        return
    if pid == os.getpid():
        gate.turn(Op.SIGNAL, gate.me(), value=_said(number))
        if is_handled(pid, number):
            gate.interrupts(gate.me())
        _real_kill(pid, number)
        return
    children = [child for child in process._children if child._popen and child._popen.pid == pid]
    names = [child._gate_name for child in children if hasattr(child, "_gate_name")]
    if not names:
        gate.uncontrolled("a signal to a process that is no child")
    _send(names[0] if names else "", pid, number)


def _raise(number: int) -> None:
    _kill(os.getpid(), number)


def _send(name: str, pid: int, number: int) -> None:
    def attempt() -> tuple[bool, bool]:
        if gate.is_gone(name):
            return True, False  # as of a process that was reaped: nothing happens
        if _is_blocked(pid, number):
            return True, True
        if is_handled(pid, number):
            gate.interrupts(name)
        elif not is_ignored(pid, number):
            gate.kills(name)
        _real_kill(pid, number)
        return True, False

    if gate.turn(Op.SIGNAL, name, attempt, value=_said(number)):
        gate.uncontrolled("a signal that is blocked")


def _said(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _is_blocked(pid: int, number: int) -> bool:
    """Whether it arrives only when the process lets it, which is no turn."""
    return _is_in("SigBlk", pid, number)


def is_handled(pid: int, number: int) -> bool:
    """Whether that process has a handler for the signal (proc(5), SigCgt)."""
    return _is_in("SigCgt", pid, number)


def is_ignored(pid: int, number: int) -> bool:
    """Whether the signal means nothing to that process: ignored, or so by default."""
    harmless = number in {signal.SIGCHLD, signal.SIGURG, signal.SIGWINCH, signal.SIGCONT}
    return harmless or _is_in("SigIgn", pid, number)


def _is_in(mask: str, pid: int, number: int) -> bool:
    if sys.platform != "linux" or number in {signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}:
        gate.uncontrolled("a signal that cannot be followed here")
    with gate.passing():
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    bits = next(line.split()[1] for line in status.splitlines() if line.startswith(mask))
    return bool(int(bits, 16) >> (number - 1) & 1)


def _signal(number: int, handler: Any) -> Any:
    known = gate.is_off() or isinstance(handler, signal.Handlers) or not callable(handler)
    if not known and number == signal.SIGCHLD:
        gate.uncontrolled("a handler for SIGCHLD")
    return _of_the_program(_real_signal(number, handler if known else _Handler(handler)))


def _getsignal(number: int) -> Any:
    return _of_the_program(_real_getsignal(number))


def _of_the_program(handler: Any) -> Any:
    """The handler as the program gave it: it may compare it, call it, and put it back."""
    return handler.handler if isinstance(handler, _Handler) else handler


class _Handler:
    """A handler of the program: it tells when it begins and how it ends."""

    def __init__(self, handler: Callable[[int, FrameType | None], Any]) -> None:
        self.handler = handler

    def __call__(self, number: int, frame: FrameType | None) -> None:
        gate.handles(Handling.BEGINS)
        try:
            self.handler(number, frame)
        except BaseException:
            gate.handles(Handling.RAISED)
            raise
        gate.handles(Handling.RETURNED)


def _refusing(real: Callable[..., Any], what: str) -> Callable[..., Any]:
    def called(*arguments: Any) -> Any:
        if not clock.is_library(sys._getframe(1)):
            gate.uncontrolled(what)
        return real(*arguments)

    return called
