"""When a wait with a limit ends at the earliest is read from the call."""

from __future__ import annotations

import struct
import time

import pytest

from grader.observe import kernel
from grader.observe.deadlines import earliest_end
from grader.observe.kernel import Syscall

SINCE = 100.0
AT = 0x1000
PRIVATE, BITSET, WALL_CLOCK = 0x80, 9, 0x100


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven and a half seconds stand where the pointers of these calls point to."""
    told = {AT: struct.pack("qq", 7, 500_000_000), AT + 16: struct.pack("qq", 7, 500_000)}
    monkeypatch.setattr(kernel, "memory", lambda _pid, address, _size: told.get(address))


@pytest.mark.parametrize(
    ("call", "end"),
    [
        (Syscall("clock_nanosleep", (1, 1, AT)), 7.5),
        (Syscall("clock_nanosleep", (1, 0, AT)), 107.5),
        (Syscall("nanosleep", (AT, 0)), 107.5),
        (Syscall("futex", (1, PRIVATE | BITSET, 0, AT)), 7.5),
        (Syscall("futex", (1, PRIVATE, 0, AT)), 107.5),
        (Syscall("poll", (1, 1, 250)), 100.25),
        (Syscall("epoll_wait", (1, 1, 1, 250)), 100.25),
        (Syscall("select", (1, 0, 0, 0, AT + 16)), 107.5),
        (Syscall("ppoll", (1, 1, AT)), 107.5),
        (Syscall("rt_sigtimedwait", (1, 0, AT)), 107.5),
    ],
)
def test_the_end_is_a_moment_or_a_while_from_the_beginning(call: Syscall, end: float) -> None:
    """As the call has it."""
    assert earliest_end(7, call, SINCE) == end


def test_a_moment_of_the_wall_clock_is_told_on_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Lock.acquire(timeout=...)` waits by it."""
    monkeypatch.setattr(time, "time", lambda: 5.0)
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)

    assert earliest_end(7, Syscall("futex", (1, BITSET | WALL_CLOCK, 0, AT)), SINCE) == 1002.5
    assert earliest_end(7, Syscall("clock_nanosleep", (0, 1, AT)), SINCE) == 1002.5


@pytest.mark.parametrize(
    "call",
    [
        Syscall("restart_syscall"),
        Syscall("nanosleep", (0xDEAD, 0)),
        Syscall("futex", (1, 11, 0, AT)),
        Syscall("clock_nanosleep", (11, 1, AT)),
    ],
)
def test_what_cannot_be_read_has_no_known_end(call: Syscall) -> None:
    """Then it may end at any time."""
    assert earliest_end(7, call, SINCE) is None
