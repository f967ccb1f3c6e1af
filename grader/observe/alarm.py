"""Whether an alarm is set in a process that sleeps: shown nowhere in /proc, so the process is made to ask itself.

It is stopped (ptrace) in the call it waits in, made to run one `getitimer`, and let go: the kernel begins its call
again. It notices nothing, but its counts of turns change, and an interrupted `poll` goes on as `restart_syscall`.
A signal that comes meanwhile stops it, too, and is lost unless it is handed on when the process is let go.
All requests to one process have to come from one thread, and only one process may trace another at a time.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import time

from grader.errors import GraderFault
from grader.observe import kernel

SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17  # linux/ptrace.h
SINGLE_STEP, GET_REGISTERS, SET_REGISTERS = 9, 12, 13
WAIT_ALL = 0x40000000  # __WALL: threads too
GETITIMER, ITIMER_REAL = 36, 0
SYSCALL_INSTRUCTION = b"\x0f\x05"
RED_ZONE = 1024  # bytes below the stack pointer that may be in use
STOPS_WITHIN = 30.0  # seconds: on a busy machine it has to be its turn before it can stop
STOP_PAUSE = 0.0002
TRAP = 5  # SIGTRAP: the single step is done
EVENT_AT, EVENT_STOP = 16, 128  # PTRACE_EVENT_STOP, in the upper bits of a status
# struct user_regs_struct of x86_64
REGISTERS = 27
RDI, RSI, RAX, ORIGINAL_RAX, RIP, RSP = 14, 13, 10, 15, 16, 19
TIMER_VALUE = struct.Struct("qqqq")

Registers = ctypes.c_ulonglong * REGISTERS


def seconds_left(pid: int) -> float | None:
    """Seconds until the alarm of a sleeping process, 0 if none is set; None if it cannot be asked."""
    if platform.machine() != "x86_64":
        return None
    try:
        _request(SEIZE, pid)
    except OSError:
        return None
    stops: list[int] = []
    try:
        _request(INTERRUPT, pid)
        return _ask(pid, stops) if _stopped(pid, stops) else None
    except OSError:
        return None
    finally:
        _let_go(pid, stops)


def _ask(pid: int, stops: list[int]) -> float | None:
    saved = Registers()
    _request(GET_REGISTERS, pid, saved)
    before = kernel.memory(pid, saved[RIP] - len(SYSCALL_INSTRUCTION), len(SYSCALL_INSTRUCTION))
    if before != SYSCALL_INSTRUCTION:
        return None  # it was not in a call: it runs
    asking = Registers(*saved)
    answer = (saved[RSP] - RED_ZONE) & ~15
    asking[RAX], asking[RDI], asking[RSI] = GETITIMER, ITIMER_REAL, answer
    asking[RIP] -= len(SYSCALL_INSTRUCTION)
    asking[ORIGINAL_RAX] = (1 << 64) - 1  # else the kernel begins the interrupted call again here
    _request(SET_REGISTERS, pid, asking)
    try:
        _request(SINGLE_STEP, pid)
        status = os.waitpid(pid, WAIT_ALL)[1]
        stops.append(status)
        after = Registers()
        _request(GET_REGISTERS, pid, after)
        found = kernel.memory(pid, answer, TIMER_VALUE.size)
    finally:
        _request(SET_REGISTERS, pid, saved)
    if status >> 8 != TRAP or after[RAX] != 0 or found is None:
        return None
    _, _, seconds, microseconds = TIMER_VALUE.unpack(found)
    return float(seconds + microseconds / 1e6)


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
    raise GraderFault("A process of a box did not stop when it was asked for its alarm.")


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
