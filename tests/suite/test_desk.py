"""Processes introduce themselves; the kernel says who they are, the examiner decides when they go on."""

from __future__ import annotations

import json
import os
import socket
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.inside.desk import Desk as InsideDesk
from grader.inside.vocabulary import FRAME_BYTES, Role
from grader.suite.desk import MOST_NOTES, Desk, receive
from grader.suite.records import Line, Record
from grader.wire import Introduction, Malformed

CALL = "0123456789"


class Hall:
    """A desk with its listening socket, and those who came to it."""

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "desk")
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(self.path)
        self.listener.listen(64)
        self.listener.setblocking(False)
        self.spare = socket.socketpair()
        self.record = Record(line=Line(connection=self.spare[0]))
        self.record.line.pid = os.getpid()
        self.imports = 0
        self.desk = Desk(CALL, self.record, self._imported, stacks=self.spare[1].fileno())
        self.guests: list[socket.socket] = []

    def _imported(self) -> None:
        self.imports += 1

    def comes(
        self, role: Role, fds: tuple[int, ...] = (), *, call: str = CALL, **what: Any
    ) -> tuple[socket.socket, tuple[Introduction, int] | None]:
        """A process comes; its connection, and what the desk made of it."""
        guest = InsideDesk(self.path, call).connect(role, fds, **what)
        guest.setblocking(False)
        self.guests.append(guest)
        return guest, self.desk.take_in(self.desk.accept(self.listener))

    def says(self, data: bytes) -> None:
        """A process comes and says these bytes."""
        guest = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        guest.connect(self.path)
        self.guests.append(guest)
        guest.send(data)
        self.desk.take_in(self.desk.accept(self.listener))

    def close(self) -> None:
        """Everybody goes home."""
        self.desk.close()
        for one in (*self.guests, self.listener, *self.spare):
            one.close()


@pytest.fixture
def hall() -> Iterator[Hall]:
    """An empty desk; its path is short, as a socket's has to be."""
    with tempfile.TemporaryDirectory() as folder:
        hall = Hall(Path(folder))
        yield hall
        hall.close()


def goes_on(guest: socket.socket) -> bool:
    """Whether the process was let go."""
    try:
        return guest.recv(16) != b""
    except BlockingIOError:
        return False


def open_descriptors() -> set[str]:
    """The descriptors of this process, where the kernel tells them."""
    table = Path("/proc/self/fd")
    return {entry.name for entry in table.iterdir()} if table.exists() else set()


def test_who_says_nothing_yet_holds_up_nobody(hall: Hall) -> None:
    """A process may be halted between two calls, on a crowded machine or by its parent: that is no tampering."""
    halted = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    halted.connect(hall.path)
    hall.guests.append(halted)
    let_in = hall.desk.accept(hall.listener)
    hall.comes(Role.BORN)

    assert hall.record.births == {os.getpid()}

    halted.send(b'{"call": "%s", "role": "note", "name": "diary", "text": "here I am"}' % CALL.encode())
    hall.desk.take_in(let_in)

    assert hall.record.notes == {"diary": [(os.getpid(), "here I am")]}


def test_kernel_tells_the_pid(hall: Hall) -> None:
    """What a message says about itself is not asked."""
    _, arrived = hall.comes(Role.WORKER, name="first")

    assert arrived is not None
    assert (arrived[0].name, arrived[1]) == ("first", os.getpid())


def test_birth_is_counted(hall: Hall) -> None:
    """By pid; the process does not wait."""
    hall.comes(Role.BORN)

    assert hall.record.births == {os.getpid()}
    assert hall.desk.connections == []


def test_guest_of_another_call_is_turned_away(hall: Hall) -> None:
    """What a process of an earlier call left running does not count."""
    assert hall.comes(Role.BORN, call="9")[1] is None
    assert hall.record.births == set()


def test_meeting_waits_for_different_processes(hall: Hall) -> None:
    """One process that comes twice is one."""
    first, _ = hall.comes(Role.MEETING, name="m", size=2)
    second, _ = hall.comes(Role.MEETING, name="m", size=2)

    assert (goes_on(first), goes_on(second)) == (False, False)
    assert hall.record.meetings["m"].most == 1
    assert hall.desk.let_meetings_go()
    assert (goes_on(first), goes_on(second)) == (True, True)
    assert not hall.desk.let_meetings_go()


def test_who_goes_on_from_a_meeting_has_a_ticket_of_its_own(hall: Hall) -> None:
    """The examiner knows which process got it, also one that comes late."""
    guests = [hall.comes(Role.MEETING, name="m", size=1)[0] for _ in range(3)]

    tickets = [guest.recv(16).decode() for guest in guests]
    assert len(set(tickets)) == len(guests)
    assert hall.record.meetings["m"].tickets == dict.fromkeys(tickets, os.getpid())


def test_full_meeting_goes_on_and_stays_open(hall: Hall) -> None:
    """Whoever comes later does not wait."""
    first, _ = hall.comes(Role.MEETING, name="m", size=1)
    later, _ = hall.comes(Role.MEETING, name="m", size=1)

    assert (goes_on(first), goes_on(later)) == (True, True)


def test_notes_keep_their_order_and_their_writer(hall: Hall) -> None:
    """Each book is its own; nobody waits."""
    for book, text in (("a", "first"), ("b", "other"), ("a", "second")):
        writer, _ = hall.comes(Role.NOTE, name=book, text=text)
        assert goes_on(writer)

    assert hall.record.notes == {"a": [(os.getpid(), "first"), (os.getpid(), "second")], "b": [(os.getpid(), "other")]}


def test_nobody_fills_the_examiner_with_notes(hall: Hall) -> None:
    """More than a suite can want is a violation."""
    hall.record.notes["a"] = [(1, "x")] * MOST_NOTES

    with pytest.raises(Malformed):
        hall.comes(Role.NOTE, name="b", text="one more")


def test_crowd_counts_everybody_and_goes_on_when_one_too_many_is_there(hall: Hall) -> None:
    """Threads of one process count one by one; at the size that should never be reached nobody waits any more."""
    first, _ = hall.comes(Role.MEETING, name="c", size=2, do="crowd", count=1)
    alone = goes_on(first)
    second, _ = hall.comes(Role.MEETING, name="c", size=2, do="crowd", count=1)

    assert (alone, goes_on(first), goes_on(second)) == (False, True, True)
    assert hall.record.meetings["c"].most == 2


def test_crowd_to_which_nobody_comes_is_let_go_and_a_meeting_is_not(hall: Hall) -> None:
    """A crowd that stays small proves nothing wrong, a meeting that was let go would."""
    guest, _ = hall.comes(Role.MEETING, name="c", size=2, do="crowd", count=1)
    waiting, _ = hall.comes(Role.MEETING, name="m", size=2)
    came = hall.record.meetings["c"].last_came
    hall.desk.let_crowds_go(came + 2, 3)
    early = goes_on(guest)
    hall.desk.let_crowds_go(came + 4, 3)

    assert (early, goes_on(guest), goes_on(waiting)) == (False, True, False)
    assert hall.record.meetings["c"].most == 1


def test_door_stays_closed_until_it_is_opened(hall: Hall) -> None:
    """Arriving at it is seen; afterwards everybody goes through."""
    watcher, _ = hall.comes(Role.DOOR, name="d", do="arrived", count=1)

    assert not goes_on(watcher)

    waiting, _ = hall.comes(Role.DOOR, name="d", do="wait")

    assert (goes_on(watcher), goes_on(waiting)) == (True, False)

    opener, _ = hall.comes(Role.DOOR, name="d", do="open")
    late, _ = hall.comes(Role.DOOR, name="d", do="wait")

    assert (goes_on(opener), goes_on(waiting), goes_on(late)) == (True, True, True)


def test_shared_memory_is_read_from_its_descriptor(hall: Hall) -> None:
    """Once as it was, then as it is."""
    with tempfile.TemporaryFile() as arena:
        arena.write(struct.pack("=ii", 7, 8))
        arena.flush()
        guest, _ = hall.comes(Role.SHARE, (arena.fileno(),), name="n", offset=4, format="i")
        arena.seek(4)
        arena.write(struct.pack("=i", 9))
        arena.flush()
        memory = hall.record.memory["n"]

        assert goes_on(guest)
        assert (memory.first, memory.read()) == ("8", 9)

        memory.close()


def test_shared_memory_without_its_descriptor_is_malformed(hall: Hall) -> None:
    """There is nothing to read."""
    with pytest.raises(Malformed, match="without its descriptor"):
        hall.comes(Role.SHARE, name="n", offset=0, format="i")


def test_descriptors_that_nobody_asked_for_are_closed(hall: Hall) -> None:
    """A process cannot fill our table."""
    before = open_descriptors()
    with tempfile.TemporaryFile() as file:
        hall.comes(Role.BORN, (file.fileno(), file.fileno()))
        hall.guests.pop().close()
    hall.record.endings.close()
    after = open_descriptors()

    assert after == before


@pytest.mark.parametrize("data", [b"{", b"null", b"\xff", json.dumps({"call": CALL, "role": "controller"}).encode()])
def test_introduction_that_is_none_is_malformed(hall: Hall, data: bytes) -> None:
    """It costs the call of whoever said it."""
    with pytest.raises(Malformed, match="not a Introduction"):
        hall.says(data)


def test_introduction_that_is_too_large_is_malformed(hall: Hall) -> None:
    """Its rest is not read."""
    with pytest.raises(Malformed, match="too large"):
        hall.says(b" " * (FRAME_BYTES + 2_000))


def test_end_without_having_read_is_an_end() -> None:
    """The kernel then reports a reset connection; that is data, too."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        ours.send(b"go")
        theirs.close()

        assert receive(ours) == (b"", [], 0)


def test_guest_that_left_is_let_go_without_complaint(hall: Hall) -> None:
    """It was killed while it waited."""
    guest, _ = hall.comes(Role.MEETING, name="m", size=2)
    guest.close()

    assert hall.desk.let_meetings_go()


def test_mapping_is_told_its_name(hall: Hall, tmp_path: Path) -> None:
    """The name is the examiner's: a second process that maps the same file is told the same one."""
    (tmp_path / "counter").write_bytes(bytes(8))
    with (tmp_path / "counter").open("r+b") as file:
        guests = [hall.comes(Role.MAPPING, (file.fileno(),), name=name)[0] for name in ("counter", "other")]

    assert [guest.recv(64) for guest in guests] == [b"counter", b"counter"]
    for mapping in hall.record.mappings.values():
        mapping.close()


def test_mapping_without_its_descriptor_is_malformed(hall: Hall) -> None:
    """There is nothing to compare."""
    with pytest.raises(Malformed, match="without its descriptor"):
        hall.comes(Role.MAPPING, name="counter")
