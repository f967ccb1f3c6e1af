"""What a suite says of the search is not said to the scenario when one schedule is executed again."""

from __future__ import annotations

from typing import cast

import pytest

from grader.model.attempt import Outcome
from grader.model.observation import Observation, Stop
from grader.model.witness import Step, Witness
from grader.schedule.coordinator import Coordinator
from grader.suite.episodes import Episode
from grader.suite.failure import CheckStopped
from grader.suite.program import Program
from grader.suite.retrace import Retracing
from tests.suite.samples import episode
from tests.suite.test_explore import FakeProgram, scenario

STEPS = (Step(worker="a", op="read", resource="n"),)


def taken(_coordinator: Coordinator, _number: int) -> Episode:
    """The schedule is followed, with the steps of the witness."""
    return episode(witness=Witness(schedule=("a",), steps=STEPS))


def retracing(came: object = taken, *, round_: int = 1) -> tuple[Retracing, FakeProgram]:
    """The fixture along a witness of that round."""
    program = FakeProgram(came, watched=False)  # type: ignore[arg-type]
    goal = Witness(schedule=("a",), steps=STEPS, round=round_)
    return Retracing(cast("Program", program), goal), program


def test_scenario_gets_only_what_is_its_own() -> None:
    """Bounds, start methods, and what free runs play are not arguments of the scenario."""
    fixture, program = retracing()
    asked = fixture(scenario, start=1, preemptions=1, cap=9, probes={"times": 3}, methods=["fork"], free=scenario)

    assert next(asked).given == {"start": 1}
    with pytest.raises(CheckStopped) as stopped:
        next(asked)
    assert stopped.value.outcome is Outcome.PASSED
    assert len(program.tried) == 1


def test_round_before_that_cannot_be_explored_is_passed_over() -> None:
    """Free runs had decided there, or there would be no witness of a later round."""

    def outside(_coordinator: Coordinator, _number: int) -> Episode:
        return episode(observation=Observation(stop=Stop.UNCONTROLLED, note="a Pipe"))

    fixture, _ = retracing(outside, round_=2)

    assert list(fixture(scenario)) == []
