"""An examiner that was forked from a warm interpreter is one like any other: a process of its own, ended whole."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.model.attempt import CheckResult
from grader.model.plan import Plan
from grader.suite.examine import Examination, examine
from grader.suite.examiners import Warm
from tests.stories.ended import Ends
from tests.suite.samples import plan_of

PROGRAM = "def double(number):\n    return {times} * number\n\ndef add_many(counter, lock, times): ...\n"


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    """An interpreter for all tests here."""
    with Warm() as warm:
        yield warm


def plan(times: int = 3) -> Plan:
    """To examine a program that is wrong, also where it should multiply by two."""
    return plan_of(PROGRAM.format(times=times).encode())


def told(examination: Examination) -> list[CheckResult]:
    """What is the same each time."""
    return [dataclasses.replace(result, duration=0.0, observation=None) for result in examination.results.values()]


def test_results_are_those_of_a_cold_start(warm: Warm) -> None:
    """Of two attempts in one interpreter, too: the second finds nothing of the first."""
    cold = examine(plan(), on_event=lambda _: None, report="")
    first = examine(plan(2), on_event=lambda _: None, report="", start=warm.start)
    second = examine(plan(), on_event=lambda _: None, report="", start=warm.start)

    assert (cold.complete, first.complete, second.complete) == (True, True, True)
    assert told(second) == told(cold) != told(first)
    assert (second.isolation, second.python) == (cold.isolation, cold.python)


def test_who_is_interrupted_leaves_no_examiner(warm: Warm) -> None:
    """It is killed, with its session; the interpreter lives, and serves the next."""
    ends: list[Ends] = []

    def interrupt(_event: str | CheckResult) -> None:
        assert warm._server is not None
        children = f"/proc/{warm._server.pid}/task/{warm._server.pid}/children"
        ends.append(Ends(map(int, Path(children).read_text("ascii").split())))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        examine(plan(), on_event=interrupt, report="", start=warm.start)
    assert warm._server is not None
    assert (ends[0].outlived(), warm._server.poll()) == ([], None)


def test_an_interpreter_that_was_lost_is_started_again(warm: Warm) -> None:
    """And an examiner that ends early is told with its last words, as ever."""
    with Path(os.devnull).open("wb") as nothing, warm.start(nothing.fileno(), "", nothing) as examiner:
        examiner.plan.close()  # an empty one
    assert warm._server is not None
    warm._server.kill()
    warm._server.wait()
    nowhere = dataclasses.replace(plan().exercise, folder=Path("/nowhere"))
    examination = examine(
        dataclasses.replace(plan(), exercise=nowhere), on_event=lambda _: None, report="", start=warm.start
    )

    assert examiner.code not in {0, None}
    assert not examination.complete
    assert "exit code 1; Traceback" in str(examination.fault)
