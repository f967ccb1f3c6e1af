"""From a system call and its arguments it is told whether the wait has a limit."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Callable

import pytest

from grader.observe import kernel
from grader.observe.kernel import Stat, Syscall
from grader.observe.waits import Call, Kind, Wait, World, classify

NOBODY = World(frozenset())
FOREVER = (1 << 64) - 1
TABLE, POINTER, SET = 0x1000, 0x2000, 0x3000


def asleep(state: str = "S") -> Stat:
    """A thread in this state."""
    return Stat(state=state, ppid=1, forked=True, started=1, comm="python")


@pytest.fixture
def wait_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Wait]:
    """How a thread waits that is in this call, with this memory; the descriptors of the call stand in `detail`."""

    def classified(name: str, *args: int, state: str = "S", memory: bytes = b"") -> Wait:
        monkeypatch.setattr(kernel, "stat", lambda _pid, _tid=None: asleep(state))
        monkeypatch.setattr(kernel, "syscall", lambda _pid, _tid: Syscall(name, (*args, *[0] * (6 - len(args)))))
        monkeypatch.setattr(kernel, "memory", lambda _pid, _at, size: memory if len(memory) == size else None)
        return classify(7, 7, NOBODY, on_descriptors)

    return classified


def on_descriptors(call: Call, descriptors: list[int], _world: World) -> Wait:
    """What was asked for."""
    return call.wait(Kind.BLOCKED, str(descriptors))


@pytest.mark.parametrize(
    ("name", "args", "kind"),
    [
        ("futex", (TABLE, 0x189, 0, 0), Kind.BLOCKED),
        ("futex", (TABLE, 0x189, 0, POINTER), Kind.TIMED),
        ("futex", (TABLE, 0x81, 1, 0), Kind.UNKNOWN),
        ("wait4", (FOREVER,), Kind.BLOCKED),
        ("waitid", (1, 5), Kind.BLOCKED),
        ("pause", (), Kind.BLOCKED),
        ("semop", (5,), Kind.BLOCKED),
        ("semtimedop", (5, TABLE, 1, 0), Kind.BLOCKED),
        ("semtimedop", (5, TABLE, 1, POINTER), Kind.TIMED),
        ("nanosleep", (POINTER,), Kind.TIMED),
        ("clock_nanosleep", (1, 0, POINTER), Kind.TIMED),
        ("restart_syscall", (), Kind.TIMED),
        ("connect", (3,), Kind.TIMED),
        ("poll", (TABLE, 1, 500), Kind.TIMED),
        ("poll", (TABLE, 1 << 20, FOREVER), Kind.UNKNOWN),
        ("ppoll", (TABLE, 1, POINTER), Kind.TIMED),
        ("select", (8, TABLE, 0, 0, POINTER), Kind.TIMED),
        ("select", (8, TABLE, 0, 0, 0), Kind.UNKNOWN),
        ("epoll_wait", (4, TABLE, 1, 1000), Kind.TIMED),
        ("recvmmsg", (4, TABLE, 1, 0, POINTER), Kind.TIMED),
        ("fcntl", (4, 1), Kind.UNKNOWN),
        ("unknown 335", (), Kind.UNKNOWN),
        ("no call", (), Kind.UNKNOWN),
        ("running", (), Kind.RUNNING),
    ],
)
def test_a_wait_is_without_limit_only_if_the_call_says_so(
    wait_of: Callable[..., Wait], name: str, args: tuple[int, ...], kind: Kind
) -> None:
    """Every doubt speaks for life."""
    assert wait_of(name, *args).kind is kind


@pytest.mark.parametrize("name", ["read", "write", "accept4", "recvfrom", "sendmsg"])
def test_a_call_on_one_descriptor_waits_for_it(wait_of: Callable[..., Wait], name: str) -> None:
    """The first argument is its number."""
    assert wait_of(name, 5) == Wait(Kind.BLOCKED, name, "[5]")


def test_a_poll_waits_for_the_descriptors_of_its_table(wait_of: Callable[..., Wait]) -> None:
    """Negative numbers are places left free."""
    table = struct.pack("ihhihhihh", 4, 1, 0, -1, 1, 0, 9, 1, 0)

    assert wait_of("poll", TABLE, 3, FOREVER, memory=table).detail == "[4, 9]"


def test_a_select_waits_for_the_descriptors_of_its_sets(wait_of: Callable[..., Wait]) -> None:
    """One bit stands for each."""
    assert wait_of("select", 10, TABLE, memory=(0b10_0000_1000).to_bytes(8, "little")).detail == "[3, 9]"


@pytest.mark.parametrize(
    ("signals", "kind"), [({signal.SIGUSR1}, Kind.BLOCKED), ({signal.SIGUSR1, signal.SIGALRM}, Kind.TIMED)]
)
def test_who_fetches_alarms_may_have_set_one(
    wait_of: Callable[..., Wait], signals: set[signal.Signals], kind: Kind
) -> None:
    """The kernel shows them neither as caught nor as blocked."""
    mask = sum(1 << (number - 1) for number in signals).to_bytes(8, sys.byteorder)

    assert wait_of("rt_sigtimedwait", SET, 0, 0, 8, memory=mask).kind is kind


@pytest.mark.parametrize(
    ("state", "kind"), [("Z", Kind.ENDED), ("R", Kind.RUNNING), ("T", Kind.BLOCKED), ("t", Kind.UNKNOWN)]
)
def test_the_state_of_a_thread_comes_before_its_call(wait_of: Callable[..., Wait], state: str, kind: Kind) -> None:
    """Who is stopped waits for somebody of the tree to let it go on; who is traced is in the hands of another."""
    assert wait_of("read", 0, state=state).kind is kind


def test_who_waits_for_a_disk_runs(wait_of: Callable[..., Wait]) -> None:
    """Disks answer."""
    assert wait_of("read", 5, state="D").kind is Kind.RUNNING


def test_who_spawns_waits_for_its_child(wait_of: Callable[..., Wait]) -> None:
    """The child is of the tree and runs, or is stuck itself."""
    assert wait_of("vfork", state="D").kind is Kind.BLOCKED


def test_a_thread_that_is_gone_has_ended() -> None:
    """Number 0 belongs to nobody."""
    assert classify(0, 0, NOBODY, on_descriptors).kind is Kind.ENDED


def test_a_waiting_thread_that_cannot_be_read_is_unreadable(
    wait_of: Callable[..., Wait], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for blocked."""
    wait_of("read")
    monkeypatch.setattr(kernel, "syscall", lambda _pid, _tid: kernel.Absent.DENIED)

    assert classify(7, 7, NOBODY, on_descriptors).kind is Kind.UNREADABLE


def test_a_thread_that_ends_while_it_is_read_is_not_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user may read nothing of a process that is just ending; that says nothing about the others."""
    seen = iter([asleep(), asleep("Z")])
    monkeypatch.setattr(kernel, "stat", lambda _pid, _tid=None: next(seen))
    monkeypatch.setattr(kernel, "syscall", lambda _pid, _tid: kernel.Absent.DENIED)

    assert classify(7, 7, NOBODY, on_descriptors).kind is Kind.ENDED


def test_a_file_lock_is_ours_if_all_its_holders_are(
    wait_of: Callable[..., Wait], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock held by somebody outside may be let go any time."""
    locks = "1: POSIX  ADVISORY  WRITE 12 08:01:555 0 EOF\n1: -> POSIX  ADVISORY  WRITE 13 08:01:555 0 EOF\n"
    wait_of("flock", 3)
    monkeypatch.setattr(kernel, "descriptor_inode", lambda _pid, _number: 555)
    monkeypatch.setattr(kernel, "text", lambda _path: locks)

    assert classify(7, 7, World(frozenset({12, 13})), on_descriptors).kind is Kind.BLOCKED
    assert classify(7, 7, World(frozenset({13})), on_descriptors).kind is Kind.EXTERNAL


def test_the_test_s_own_process_runs() -> None:
    """Who asks is not asleep."""
    assert classify(os.getpid(), os.getpid(), NOBODY, on_descriptors).kind is Kind.RUNNING
