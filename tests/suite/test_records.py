"""An answer comes in frames, once, in bounds."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.inside.vocabulary import ANSWER_BYTES, Kind
from grader.suite.records import Line
from grader.wire import Malformed

ANSWER = json.dumps({"kind": "returned", "value": 5}).encode()


@pytest.fixture
def line() -> Iterator[Line]:
    """A line whose other end says nothing by itself."""
    ours, theirs = socket.socketpair()
    yield Line(connection=ours)
    ours.close()
    theirs.close()


def test_answer_in_one_frame(line: Line) -> None:
    """Ready first, then the last frame."""
    assert not line.take(b"R")
    assert line.ready
    assert line.take(b"L" + ANSWER)
    assert line.answer is not None
    assert (line.answer.kind, line.answer.value) == (Kind.RETURNED, 5)


def test_answer_in_parts(line: Line) -> None:
    """They are put together in the order in which they came."""
    assert not line.take(b"P" + ANSWER[:7])
    assert line.answer is None
    assert line.take(b"L" + ANSWER[7:])
    assert line.answer is not None


@pytest.mark.parametrize(
    ("frames", "why"),
    [
        ([b"L" + ANSWER, b"L" + ANSWER], "a second answer"),
        ([b"L" + ANSWER, b"R"], "a second answer"),
        ([b"R", b"R"], "ready twice"),
        ([b"S", b"S"], "set up twice"),
        ([b"R", b"S"], "set up twice"),
        ([b"X"], "a frame of an unknown kind"),
        ([b"L"], "not a AnswerFrame"),
        ([b"L" + ANSWER[:-1]], "not a AnswerFrame"),
        ([b'L{"kind": "returned", "verdict": "accepted"}'], "unknown field"),
        ([b'L{"kind": "accepted"}'], "not a AnswerFrame"),
        ([b'L{"kind":"raised","raised":{"name":"x","bases":[],"message":"","args":["int","z"],"frames":[]}}'], "plain"),
    ],
)
def test_frames_that_are_no_answer_are_malformed(line: Line, frames: list[bytes], why: str) -> None:
    """The first one that is wrong is a violation; nothing of it counts."""
    for frame in frames[:-1]:
        line.take(frame)
    with pytest.raises(Malformed, match=why):
        line.take(frames[-1])


def test_answer_that_is_too_large_is_malformed(line: Line) -> None:
    """It is refused while it comes, not when it has filled the memory."""
    part = b"P" + b" " * (ANSWER_BYTES // 4)
    for _ in range(4):
        line.take(part)
    with pytest.raises(Malformed, match="too large"):
        line.take(part)


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_frames_are_an_answer_or_malformed(frames: list[bytes]) -> None:
    """Nothing else is raised, whatever comes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = Line(connection=ours)
        try:
            for frame in frames:
                line.take(frame)
        except Malformed:
            assert line.answer is None or frames
