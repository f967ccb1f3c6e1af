"""When a wait with a time limit ends at the earliest, on the monotonic clock."""

from __future__ import annotations

import ctypes
import struct
import time

from grader.observe import kernel
from grader.observe.kernel import Syscall

ABSOLUTE = 1  # TIMER_ABSTIME
CLOCK_REALTIME, CLOCK_MONOTONIC = 0, 1
FUTEX_OPERATION, FUTEX_WALL_CLOCK = 0x7F, 0x100
FUTEX_WAIT, FUTEX_WAIT_BITSET = 0, 9
TIMESPEC = struct.Struct("qq")
MILLISECONDS_AT = {"poll": 2, "epoll_wait": 3, "epoll_pwait": 3}
TIMESPEC_AT = {"ppoll": 2, "pselect6": 4, "nanosleep": 0, "rt_sigtimedwait": 2, "epoll_pwait2": 3, "recvmmsg": 4}


def earliest_end(pid: int, call: Syscall, since: float) -> float | None:
    """When the wait ends by itself at the earliest, if it began at `since` or later; None if that is not known."""
    match call.name:
        case "futex":
            return _of_futex(pid, call, since)
        case "clock_nanosleep":
            return _of_sleep(pid, call, since)
        case "select":
            seconds = _seconds(pid, call.args[4], per_second=1e6)
            return _after(since, seconds)
    if call.name in MILLISECONDS_AT:
        return since + ctypes.c_int32(call.args[MILLISECONDS_AT[call.name]]).value / 1000
    if call.name in TIMESPEC_AT:
        return _after(since, _seconds(pid, call.args[TIMESPEC_AT[call.name]]))
    return None


def _of_sleep(pid: int, call: Syscall, since: float) -> float | None:
    seconds = _seconds(pid, call.args[2])
    if seconds is None or not call.args[1] & ABSOLUTE:
        return _after(since, seconds)
    return {CLOCK_REALTIME: _on_our_clock(seconds), CLOCK_MONOTONIC: seconds}.get(call.args[0])


def _of_futex(pid: int, call: Syscall, since: float) -> float | None:
    operation, seconds = call.args[1] & FUTEX_OPERATION, _seconds(pid, call.args[3])
    if seconds is None:
        return None
    if operation == FUTEX_WAIT:
        return since + seconds
    if operation != FUTEX_WAIT_BITSET:
        return None
    return _on_our_clock(seconds) if call.args[1] & FUTEX_WALL_CLOCK else seconds


def _seconds(pid: int, pointer: int, per_second: float = 1e9) -> float | None:
    found = kernel.memory(pid, pointer, TIMESPEC.size)
    if found is None:
        return None
    whole, part = TIMESPEC.unpack(found)
    return float(whole + part / per_second)


def _after(since: float, seconds: float | None) -> float | None:
    return None if seconds is None else since + seconds


def _on_our_clock(wall: float) -> float:
    """A moment of the wall clock; whoever sets that clock meanwhile ends the wait earlier or later."""
    return wall - time.time() + time.monotonic()
