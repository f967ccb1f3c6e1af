"""Holding a process for a moment, without its noticing: ptrace, where the kernel lets us and we know the registers.

A signal that comes meanwhile stops it, too, and is lost unless it is handed on when the process is let go.
All requests to one process have to come from one thread, and only one process may trace another at a time.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import time
from collections.abc import Iterator

from grader.errors import GraderFault
from grader.model.message import say

SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17  # linux/ptrace.h
SINGLE_STEP, GET_REGISTERS, SET_REGISTERS = 9, 12, 13
WAIT_ALL = 0x40000000  # __WALL: threads too
STOPS_WITHIN = 30.0  # seconds: on a busy machine it has to be its turn before it can stop
STOP_PAUSE = 0.0002
TRAP = 5  # SIGTRAP: the single step is done
EVENT_AT, EVENT_STOP = 16, 128  # PTRACE_EVENT_STOP, in the upper bits of a status
# struct user_regs_struct of x86_64
REGISTERS = 27
RDI, RSI, RAX, ORIGINAL_RAX, RIP, RSP = 14, 13, 10, 15, 16, 19

Registers = ctypes.c_ulonglong * REGISTERS


class Held:
    """A process whose main thread is stopped."""

    def __init__(self, pid: int, stops: list[int]) -> None:
        self.pid = pid
        self._stops = stops

    @property
    def registers(self) -> ctypes.Array[ctypes.c_ulonglong]:
        """Its registers, a copy; raises OSError if it has ended."""
        saved = Registers()
        _request(GET_REGISTERS, self.pid, saved)
        return saved

    @registers.setter
    def registers(self, registers: ctypes.Array[ctypes.c_ulonglong]) -> None:
        _request(SET_REGISTERS, self.pid, registers)

    def step(self) -> bool:
        """Let it run one instruction; whether that is what stopped it again."""
        _request(SINGLE_STEP, self.pid)
        status = os.waitpid(self.pid, WAIT_ALL)[1]
        self._stops.append(status)
        return status >> 8 == TRAP


@contextlib.contextmanager
def held(pid: int) -> Iterator[Held | None]:
    """Stop the main thread of a process as long as the block runs; None if it cannot be, or stops for a signal."""
    if platform.machine() != "x86_64":
        yield None
        return
    try:
        _request(SEIZE, pid)
    except OSError:
        yield None
        return
    stops: list[int] = []
    try:
        _request(INTERRUPT, pid)
        yield Held(pid, stops) if _stopped(pid, stops) else None
    finally:
        _let_go(pid, stops)


def _stopped(pid: int, stops: list[int]) -> bool:
    """Whether it came to a stop by our own doing; a stop for a signal is noted, to hand that on.

    Nobody may go away before: what has not stopped cannot be let go of (ptrace(2), PTRACE_DETACH), and would then stop
    for good. Raises GraderFault where it does not come to that.
    """
    end = time.monotonic() + STOPS_WITHIN
    while time.monotonic() < end:
        seen, status = os.waitpid(pid, WAIT_ALL | os.WNOHANG)
        if seen:
            stops.append(status)
            return os.WIFSTOPPED(status) and status >> EVENT_AT == EVENT_STOP
        time.sleep(STOP_PAUSE)
    raise GraderFault(say("a process of a box did not stop when it was to"))


def _let_go(pid: int, stops: list[int]) -> None:
    signals = [os.WSTOPSIG(status) for status in stops if os.WIFSTOPPED(status) and not status >> EVENT_AT]
    try:
        _request(DETACH, pid, next((number for number in signals if number != TRAP), 0))
    except OSError as error:
        if error.errno != errno.ESRCH:  # it has ended
            raise


def _request(what: int, pid: int, data: ctypes.Array[ctypes.c_ulonglong] | int = 0) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.restype = ctypes.c_long
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    argument = data if isinstance(data, int) else ctypes.addressof(data)
    if library.ptrace(what, pid, None, argument) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
