"""A finding says each thing once, and shows where it happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.model.attempt import CheckResult, Outcome
from grader.model.message import say
from grader.model.observation import LeftBehind, Remainder
from grader.model.witness import Blocked, Step, Witness
from grader.report.findings import Finding, find
from grader.suite.expect import expect
from grader.suite.failure import CheckStopped
from tests.report.samples import EXERCISE, SAMPLES

SOURCE = SAMPLES["lost_update"][1]
CHECK = EXERCISE.checks[0].id
SLEEPER = Blocked(worker="main/1", op="sleep", resource="clock", line=3)


def told(result: CheckResult, language: str = "en") -> Finding:
    """The finding of a result."""
    return find(result, EXERCISE, SOURCE, language, seed=1)


def compared(expected: str, actual: str) -> CheckResult:
    """A check that failed over a value."""
    message = say("expected {expected}, got {actual}", expected=expected, actual=actual)
    return CheckResult(check=CHECK, outcome=Outcome.FAILED, message=message, expected=expected, actual=actual)


def played(*steps: Step, blocked: tuple[Blocked, ...] = ()) -> CheckResult:
    """A check that failed over a value, in this order."""
    return replace(compared("3", "1"), witness=Witness(schedule=(), steps=steps, blocked=blocked))


@pytest.mark.parametrize(("value", "again"), [("3", False), ("[1, 2, 3, 4, 5, 6, 7, 8, 9]", True)])
def test_short_values_are_said_in_the_sentence_alone(value: str, *, again: bool) -> None:
    """Long ones stand below each other, too: there they can be compared."""
    finding = told(compared(value, value))

    assert (finding.expected is not None, finding.actual is not None) == (again, again)


def test_long_values_are_said_below_the_sentence_alone() -> None:
    """The sentence names what was compared, in both languages."""
    with pytest.raises(CheckStopped) as stopped:
        expect({"a": [1] * 30}, "the dict", zh="字典").exactly({"a": [2] * 30})
    stop = stopped.value
    result = replace(compared("", ""), message=stop.message, expected=stop.expected, actual=stop.actual)

    assert told(result).sentence == "the dict: not as expected"
    assert told(result, "zh").sentence == "字典：与预期不符"
    assert told(result).expected is not None


def test_an_order_in_which_nothing_looks_wrong_says_what_came_of_it() -> None:
    """And the lines of its last steps are shown, where nothing else points at a line."""
    finding = told(played(Step(worker="main", op="start", resource="main/1", line=2)))

    assert finding.interleaving is not None
    assert finding.interleaving.sentence == "In this order it came to that: expected 3, got 1"
    assert finding.excerpt is not None
    assert [line.number for line in finding.excerpt.lines if line.marked] == [2]
    chinese = told(played(), "zh").interleaving
    assert chinese is not None
    assert "应为 3，实为 1" in chinese.sentence


def test_who_sleeps_at_the_end_does_not_wait_for_ever() -> None:
    """It would have woken up; nobody else waits either."""
    finding = told(
        played(Step(worker="main/1", op="sleep", resource="clock", line=3, note="waits"), blocked=(SLEEPER,))
    )

    assert finding.interleaving is not None
    assert finding.interleaving.waits == ()
    assert [turn.text for turn in finding.interleaving.turns] == ["sleeps"]


def test_those_that_wait_alike_at_a_line_are_named_together() -> None:
    """What they wait for is said once."""
    waits = tuple(Blocked(worker=name, op="acquire", resource="lock-1", line=3) for name in ("first", "second"))
    finding = told(played(blocked=waits))

    assert finding.excerpt is not None
    assert [line.remark for line in finding.excerpt.lines if line.remark] == ["first, second: waits for lock-1"]


def test_what_is_left_behind_is_listed_once() -> None:
    """Where the check failed over it, its message names all of it, and the order of steps does not say it again."""
    left = (LeftBehind(kind=Remainder.PROCESS, name="python3"),)
    witness = Witness(schedule=(), steps=(Step(worker="main", op="start", resource="main/1", line=2),))
    message = say("left behind: {names}", names="a process that still runs (python3)")
    failed = CheckResult(check=CHECK, outcome=Outcome.FAILED, message=message, witness=witness, left_behind=left)
    beside, over = told(failed), told(replace(failed, facts=("left-process",)))

    assert len(beside.left_behind) == 1
    assert over.left_behind == ()
    assert over.interleaving is not None
    assert "python3" not in over.interleaving.sentence
