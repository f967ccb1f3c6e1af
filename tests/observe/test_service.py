"""A Manager's server is told from a program that looks like one."""

from __future__ import annotations

import signal
import struct
import time

import pytest

from grader.observe import kernel
from grader.observe.kernel import Syscall
from grader.observe.service import Sleeper, is_service

SERVER, MAIN, TID = 20, 10, 21
NOW = 1000.0
IGNORES = 1 << (signal.SIGINT - 1)
POLLS = Syscall("futex", (0x10, 0x89, 0, 0x20, 0, 0))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A server as the kernel shows it, to be changed in one point."""
    facts: dict[str, object] = {"call": POLLS, "until": NOW + 0.5, "other": "accept4", "ignores": {SERVER}}

    def ignores(pid: int) -> int:
        deaf = facts["ignores"]
        return IGNORES if isinstance(deaf, set) and pid in deaf else 0

    monkeypatch.setattr(time, "monotonic", lambda: NOW)
    monkeypatch.setattr(kernel, "signals", lambda pid, _tid, _which: ignores(pid))
    monkeypatch.setattr(
        kernel, "syscall", lambda _pid, tid: facts["call"] if tid == SERVER else Syscall(str(facts["other"]), (3,))
    )
    monkeypatch.setattr(
        kernel,
        "memory",
        lambda _pid, _at, _size: struct.pack("qq", *divmod(int(float(str(facts["until"])) * 1e9), 10**9)),
    )
    return facts


def service(tid: int = SERVER, noticed: float = NOW - 0.5) -> bool:
    """Whether the thread is taken for a server's."""
    return is_service(Sleeper(SERVER, tid, noticed), [SERVER, TID], {MAIN, SERVER})


def test_a_manager_s_server_is_known(looks: dict[str, object]) -> None:
    """It waits for one second, accepts beside it, and does not hear Ctrl-C."""
    assert service()


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("call", Syscall("clock_nanosleep", (1, 0, 0x20, 0, 0, 0))),
        ("call", Syscall("futex", (0x10, 0x189, 0, 0x20, 0, 0))),
        ("call", Syscall("futex", (0x10, 0x89, 0, 0, 0, 0))),
        ("call", kernel.Absent.DENIED),
        ("until", NOW + 1.5),
        ("until", NOW - 0.2),
        ("other", "read"),
        ("ignores", set()),
        ("ignores", {MAIN, SERVER}),
    ],
)
def test_what_differs_in_one_point_is_alive(looks: dict[str, object], fact: str, value: object) -> None:
    """No wait on the wall clock, no other limit, nobody who accepts; nor where all have inherited that deafness."""
    looks[fact] = value

    assert not service()


def test_only_the_main_thread_polls(looks: dict[str, object]) -> None:
    """The others serve."""
    assert not service(tid=TID)
