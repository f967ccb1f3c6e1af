"""What the kernel may do to a tree that sleeps is known, or feared."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator

import pytest

from grader.observe import kernel
from grader.observe.wakers import expects_alarm, may_wake
from tests.observe.starting import Start, heard, python

US = os.getpid()
CATCHES = "import os, signal; signal.signal(signal.SIGALRM, print); print('up', flush=True); os.read(0, 1)"
BLOCKS = "import os, signal; signal.pthread_sigmask(signal.SIG_BLOCK, [14]); print('up', flush=True); os.read(0, 1)"
PLAIN = "import os; print('up', flush=True); os.read(0, 1)"


@pytest.fixture
def pair() -> Iterator[socket.socket]:
    """One end of a pair of sockets."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours


@pytest.mark.parametrize(("source", "expects"), [(CATCHES, True), (BLOCKS, True), (PLAIN, False)])
def test_who_is_prepared_for_an_alarm_may_have_set_one(start: Start, source: str, *, expects: bool) -> None:
    """Nowhere does the kernel show whether it is set."""
    process = start(*python(source), stdin=subprocess.PIPE)
    assert heard(process) == "up"

    assert expects_alarm(process.pid, [process.pid]) == expects


@pytest.mark.parametrize(("clock", "why"), [("1", "a timer is set"), ("-6", ""), ("2", "")])
def test_a_timer_wakes_unless_it_counts_cpu_time(monkeypatch: pytest.MonkeyPatch, clock: str, why: str) -> None:
    """The time of a process that sleeps stands still."""
    listed = f"ID: 0\nsignal: 34/0\nnotify: signal/pid.1\nClockID: {clock}\n"
    monkeypatch.setattr(kernel, "text", lambda path: listed if path.endswith("timers") else "")

    assert may_wake(7, ()) == why


def test_a_unix_socket_is_woken_by_its_peer_only(pair: socket.socket) -> None:
    """The kernel itself has no business with it."""
    assert may_wake(US, {inode_of(pair)}) == ""


def test_a_tcp_listener_of_this_machine_is_woken_by_the_tree() -> None:
    """One that the network can reach is not."""
    with socket.create_server(("127.0.0.1", 0)) as near, socket.create_server(("0.0.0.0", 0)) as far:  # noqa: S104
        assert may_wake(US, {inode_of(near)}) == ""
        assert may_wake(US, {inode_of(far)}) == "a socket that the network can reach"


def test_a_connection_that_still_sends_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its timer will try again."""
    head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    quiet = "   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000 0 0 4242 1\n"
    sends = quiet.replace(" 00:00000000 00000000", " 01:00000015 00000000")
    tables = {"tcp": head + quiet}
    monkeypatch.setattr(kernel, "text", lambda path: tables.get(path.rpartition("/")[2], ""))
    assert may_wake(7, {4242}) == ""

    tables["tcp"] = head + sends

    assert may_wake(7, {4242}) == "TCP still sends"


def test_a_socket_of_another_kind_may_be_woken_by_anybody() -> None:
    """Datagrams come from wherever they like."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(("127.0.0.1", 0))

        assert may_wake(US, {inode_of(datagrams)}) == "a socket of an unknown kind"


def test_a_mask_of_signals_is_read_by_their_numbers() -> None:
    """The lowest bit is signal 1."""
    assert kernel.has_signal(1 << 13, signal.SIGALRM)
    assert not kernel.has_signal(1 << 14, signal.SIGALRM)


def inode_of(one: socket.socket) -> int:
    """The number that the tables of the kernel know a socket by."""
    return os.fstat(one.fileno()).st_ino
