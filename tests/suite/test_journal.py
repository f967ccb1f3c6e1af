"""Whatever the examiner tells arrives at the controller, line by line."""

from __future__ import annotations

import os

import pytest

from grader.model.attempt import CheckResult, Evidence, Explored, Outcome, Site
from grader.model.message import say
from grader.model.observation import Isolation, LeftBehind, Level, Observation, Remainder, Stop, Waiting
from grader.model.witness import Blocked, Step, Witness
from grader.suite.journal import Journal, Line
from grader.wire import Malformed, load

RESULT = CheckResult(
    check="keeps",
    outcome=Outcome.HUNG,
    message=say("{what}: got {n}", what="计数器", n=1),
    evidence=Evidence.PROBES,
    explored=Explored(schedules=9, preemptions=2, complete=True),
    witness=Witness(
        schedule=("a", "b"),
        steps=(Step(worker="a", op="read", resource="n", line=3, value="0"),),
        blocked=(Blocked(worker="a", op="acquire", resource="l", holds=("m",)),),
    ),
    observation=Observation(
        stop=Stop.HUNG,
        stuck=(Waiting(sentence=say("{process} waits in {call}.", process="a", call="b"), where="a: b"),),
    ),
    left_behind=(LeftBehind(kind=Remainder.FILE, name="x\n"),),
    sites=(Site(file="ex.py", line=3),),
    facts=("deadlock",),
)


def test_every_line_is_read_as_it_was_written() -> None:
    """A result with all that hangs on it; line breaks in names do not break lines."""
    ends = os.pipe()
    journal = Journal(ends[1])
    journal.setting(Isolation(level=Level.NAMESPACE, enforced=("a",), missing=("b",)), "3.13.0")
    journal.started("keeps")
    journal.finished(RESULT)
    journal.course_error(say("no {n}", n=1), say("do this"))
    journal.usage_error(say("no"), None)
    journal.fault(say("ours"))
    journal.complete()
    os.close(ends[1])
    with os.fdopen(ends[0], "rb") as pipe:
        lines = [load(line, Line) for line in pipe]

    assert lines[0].isolation == Isolation(level=Level.NAMESPACE, enforced=("a",), missing=("b",))
    assert lines[0].python == "3.13.0"
    assert lines[1].started == "keeps"
    assert lines[2].finished == RESULT
    assert (lines[3].course_error, lines[3].hint) == (say("no {n}", n=1), say("do this"))
    assert (lines[4].usage_error, lines[4].hint) == (say("no"), None)
    assert (lines[5].fault, lines[6].complete) == (say("ours"), True)


def test_line_that_was_cut_is_malformed() -> None:
    """An examiner that is killed may leave half of one."""
    with pytest.raises(Malformed):
        load(b'{"complete":tr', Line)
