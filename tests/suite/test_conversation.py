"""The verdict channel under attack: a conversation with a zygote that the test plays, byte by byte.

Whatever comes is an answer, an end, or a named violation: never a pass that was not earned, never a crash of ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import GraderFault
from grader.model.exercise import Limits
from grader.model.observation import Stop
from grader.sandbox.api import Box
from grader.sandbox.fake import FakeBox
from grader.suite.boxes import OpenBox
from grader.suite.conversation import Conversation
from grader.suite.records import Record

LIMITS = Limits(wall=20.0, output_bytes=10_000)
REQUEST = {"call": "0123456789", "bereave": False, "do": "call", "module": "ex90"}
ANSWER = b'L{"kind": "returned", "value": 5}'
PATIENCE = 10.0
Play = Callable[[socket.socket, Path], None]


class Zygote:
    """Plays the inside of a box: greets, takes one request, lets `play` speak on its line, reports an end."""

    def __init__(self, folder: Path, play: Play, *, status: int = 0) -> None:
        self.box = FakeBox(folder)
        self.folder = folder
        self.play = play
        self.status = status
        self.thread = threading.Thread(target=self._live)
        self.box.inside.send(json.dumps({"zygote": 1, "python": "3.11.0"}).encode())

    def _live(self) -> None:
        calls = []
        while received := socket.recv_fds(self.box.inside, 65_536, 3):
            data, fds, _, _ = received
            if not data:
                break
            if json.loads(data)["do"] == "look":
                self.box.inside.send(b'{"names": []}')
            else:
                calls.append(threading.Thread(target=self._perform, args=(fds,)))
                calls[-1].start()
        for call in calls:
            call.join()

    def _perform(self, fds: list[int]) -> None:
        with socket.socket(fileno=fds[0]) as line, contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.settimeout(PATIENCE)
            self.play(line, self.folder)  # until the examiner has heard enough
        for fd in fds[1:]:
            os.close(fd)
        with contextlib.suppress(BrokenPipeError):
            self.box.inside.send(json.dumps({"ended": 1, "status": self.status}).encode())

    def talk(self) -> tuple[Record, OpenBox]:
        """Hold one conversation with it."""
        box: Box = self.box
        opened = OpenBox(box, {})
        self.thread.start()
        try:
            return Conversation(opened, dict(REQUEST), LIMITS, None).run(), opened
        finally:
            self.box.control.shutdown(socket.SHUT_RDWR)
            self.thread.join()
            self.box.close()


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Play], tuple[Record, OpenBox]]:
    """Hold a conversation with a zygote that speaks so."""
    return lambda play: Zygote(tmp_path, play).talk()


Talk = Callable[[Play], tuple[Record, OpenBox]]


def saying(*frames: bytes, wait: bool = True) -> Play:
    """Says these frames, and waits for the goodbye."""

    def play(line: socket.socket, _: Path) -> None:
        for frame in frames:
            line.send(frame)
        if wait:
            line.recv(10)

    return play


def test_an_answer_after_ready_and_go_is_an_answer(talk: Talk) -> None:
    """The honest way."""

    def play(line: socket.socket, _: Path) -> None:
        line.send(b"R")
        assert line.recv(10) == b"go"
        line.send(ANSWER)
        assert line.recv(10) == b"bye"

    record, box = talk(play)

    assert record.stop is Stop.ANSWERED
    assert record.line.answer is not None
    assert (record.line.answer.value, record.status) == (5, 0)
    assert not box.used_up


@pytest.mark.parametrize(
    ("frames", "why"),
    [
        ((b"R", b"R"), "ready twice"),
        ((b"R", b"S"), "set up twice"),
        ((b"X",), "unknown kind"),
        ((b"L{",), "not a AnswerFrame"),
        ((b'L{"kind": "returned", "value": 1, "points": 10}',), "unknown field"),
        ((b"L" + b"[" * 20_000,), "not a AnswerFrame"),
        ((b"P" + bytes(100_000),), "too large"),
    ],
)
def test_what_is_no_answer_is_a_named_violation(talk: Talk, frames: tuple[bytes, ...], why: str) -> None:
    """The record says which, and holds no answer."""
    record, _ = talk(saying(*frames, wait=False))

    assert record.stop is Stop.VIOLATION
    assert why in record.note
    assert record.line.answer is None


def test_what_was_said_before_the_end_counts(talk: Talk) -> None:
    """Also when what we said was not read: the kernel tells us so before the frames that still wait."""

    def play(line: socket.socket, _: Path) -> None:
        line.send(b"R")
        assert select.select([line], [], [], PATIENCE)[0]
        line.send(b"S")

    record, _ = talk(play)

    assert (record.stop, record.note) == (Stop.VIOLATION, "set up twice")


@pytest.mark.parametrize("frames", [(), (b"R",), (b"R", b'P{"kind": "ret')])
def test_an_end_without_an_answer_is_an_end(talk: Talk, frames: tuple[bytes, ...]) -> None:
    """Neither a part of an answer nor silence is one; the end is noticed at once, also while the box is looked at."""
    record, _ = talk(saying(*frames, wait=False))

    assert record.stop is Stop.EXITED
    assert record.line.answer is None


def test_an_answer_of_another_process_is_a_violation(talk: Talk) -> None:
    """The kernel says who sent it: the first to speak is the one that was started."""

    def play(line: socket.socket, _: Path) -> None:
        line.send(b"R")
        line.recv(10)
        pid = os.posix_spawn(
            "/bin/sh", ["sh", "-c", "echo -n L >&0"], {}, file_actions=[(os.POSIX_SPAWN_DUP2, line.fileno(), 0)]
        )
        os.waitpid(pid, 0)

    record, _ = talk(play)

    assert record.stop is Stop.VIOLATION
    assert "another process" in record.note


def test_descriptors_that_come_with_a_frame_are_closed(talk: Talk) -> None:
    """Nobody fills our table of descriptors."""
    before = descriptors()
    with tempfile.TemporaryFile() as file:
        gifts = [file.fileno()] * 8

        def play(line: socket.socket, _folder: Path) -> None:
            for _ in range(20):
                socket.send_fds(line, [b"P "], gifts)

        record, _ = talk(play)

    assert record.stop is Stop.EXITED
    assert descriptors() == before


def test_a_zygote_that_speaks_nonsense_is_a_box_that_has_ended(talk: Talk, tmp_path: Path) -> None:
    """Its words are decoded like the program's; the box is thrown away."""
    zygote = Zygote(tmp_path, lambda *_: None)

    def play(line: socket.socket, _: Path) -> None:
        zygote.box.inside.send(b'{"ended": "yes", "verdict": "accepted"}')
        line.recv(10)

    zygote.play = play
    record, box = zygote.talk()

    assert record.stop is Stop.EXITED
    assert record.line.answer is None
    assert box.used_up


def test_a_box_that_never_greets_is_our_fault(tmp_path: Path) -> None:
    """It costs no points, and its sockets are closed."""
    box = FakeBox(tmp_path)
    box.inside.send(b"good morning")
    with pytest.raises(GraderFault, match="does not answer"):
        OpenBox(box, {})

    assert not box.alive()


def descriptors() -> int:
    """How many are open here."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def visitors() -> Iterator[bytes]:
    """What processes say that are no processes of ours."""
    call = REQUEST["call"]
    yield b"nonsense"
    yield b"\xff" * 5000
    yield json.dumps({"call": call, "role": "gate"}).encode()
    yield json.dumps({"call": call, "role": "share", "name": "n"}).encode()
    yield json.dumps({"call": call, "role": "examiner"}).encode()


@pytest.mark.parametrize("words", list(visitors()))
def test_a_visitor_who_is_nobody_of_ours_is_a_violation(talk: Talk, words: bytes) -> None:
    """At the desk too, whatever is said there ends the call by its name."""

    def play(line: socket.socket, folder: Path) -> None:
        line.send(b"R")
        line.recv(10)
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as visitor:
            visitor.connect(str(folder / "desk"))
            visitor.send(words)
            line.recv(10)

    record, _ = talk(play)

    assert record.stop is Stop.VIOLATION
    assert record.note


FRAMES = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.builds(lambda kind, rest: kind + rest, st.sampled_from([b"S", b"R", b"P", b"L"]), st.binary(max_size=40)),
        st.sampled_from([b"S", b"R", ANSWER, ANSWER[:9], b'L{"kind": "raised"}', b'L{"kind": "missing"}', b""]),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(FRAMES)
def test_any_conversation_comes_to_an_end(frames: list[bytes]) -> None:
    """Answered only with a whole answer that was the last word; else ended, or a violation with its name."""
    with tempfile.TemporaryDirectory() as folder:
        record, _ = Zygote(Path(folder), saying(*frames, wait=False)).talk()

    assert record.stop in {Stop.ANSWERED, Stop.EXITED, Stop.VIOLATION}
    assert (record.stop is Stop.VIOLATION) == bool(record.note)
    if record.stop is Stop.ANSWERED:
        assert record.line.answer is not None
