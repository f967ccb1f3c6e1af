"""What a run tells of itself: its steps, without those of the harness, and how long each call took."""

from __future__ import annotations

from grader.inside.vocabulary import Op
from grader.schedule.workers import Request
from tests.schedule.by_hand import Move, Run, join, nothing, read, sleep, write


def test_step_tells_what_was_read_and_what_was_written() -> None:
    """A witness can be read without the program."""
    run = Run({"a": [read("counter"), write("counter", 1)]})
    run.end()

    assert [str(step) for step in run.coordinator.steps] == ['a: read counter "0"', 'a: write counter "1"']


def test_steps_of_the_harness_are_not_shown() -> None:
    """Starts, joins and ends without a line of the student's are the scenario's own; but his child's end is his."""
    start = Move(Request(op=Op.START, on="main/1", line=3), nothing)
    ends = {name: Move(Request(op=Op.EXIT, on=name), nothing) for name in ("main", "main/1")}
    run = Run({"main": [start, join("main/1"), ends["main"]], "main/1": [write("n", 1), ends["main/1"]]})
    run.end()

    assert [str(step) for step in run.coordinator.witness.steps if step.op == Op.EXIT] == ["main/1: exit main/1"]
    assert [step.op for step in run.coordinator.witness.steps] == ["start", "write", "exit"]


def test_span_of_a_call_is_virtual() -> None:
    """From begin to end, in virtual seconds."""
    begin, end = (Move(Request(op=op, on="f"), nothing) for op in (Op.BEGIN, Op.END))
    run = Run({"a": [begin, sleep(90), end]})
    run.end()

    assert run.coordinator.spans == {"a": [0.0, 90.0]}
