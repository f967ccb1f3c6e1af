"""A plan has every default filled in; its key says when two are the same."""

from __future__ import annotations

import dataclasses
import sys

import pytest

from grader.errors import UsageError
from grader.grading.plan import SEED_BELOW, make_plan
from grader.model.exercise import Platform, StartMethod
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.sandbox.quota import whole_cores
from tests.grading.samples import exercise, submission


def made(
    *,
    course: str = "e",
    work: str = "s",
    seed: int | None = 1,
    python: str | None = None,
    methods: tuple[StartMethod, ...] = (StartMethod.FORK,),
) -> Plan:
    """A plan that differs in what is given."""
    return make_plan(
        exercise(digest=course, start_methods=methods), submission(digest=work), seed=seed, python=python, demanded=None
    )


def test_defaults_are_filled_in() -> None:
    """The running interpreter, no demand, one box more than there are cores, at most four."""
    plan = made(methods=())

    assert (plan.python, plan.demanded) == (sys.executable, Level.NONE)
    assert plan.start_methods == tuple(StartMethod)
    assert 1 <= plan.slots == min(4, whole_cores() + 1)


def test_seed_that_was_not_given_is_drawn() -> None:
    """It can be given again: it is kept."""
    seeds = {made(seed=None).seed for _ in range(5)}

    assert len(seeds) > 1
    assert all(0 <= seed < SEED_BELOW for seed in seeds)
    assert made(seed=0).seed == 0


def test_demand_is_kept() -> None:
    """Whoever asks for walls gets them or nothing."""
    plan = make_plan(exercise(), submission(), seed=1, python=None, demanded=Level.NAMESPACE)

    assert plan.demanded is Level.NAMESPACE


@pytest.mark.parametrize("system", ["win32", "darwin", "emscripten"])
def test_exercise_of_another_system_is_refused(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """A program that needs signals is not wrong where there are none: nobody grades it there."""
    monkeypatch.setattr(sys, "platform", system)
    posix = dataclasses.replace(exercise(), platforms=(Platform.LINUX,))
    with pytest.raises(UsageError, match="only on: linux") as refusal:
        make_plan(posix, submission(), seed=1, python=None, demanded=None)

    assert refusal.value.hint


@pytest.mark.parametrize(
    "other",
    [
        made(course="other"),
        made(work="other"),
        made(seed=2),
        made(python="/usr/bin/python3.13"),
        made(methods=(StartMethod.SPAWN,)),
    ],
    ids=["exercise", "submission", "seed", "python", "start methods"],
)
def test_key_differs_with_whatever_may_change_the_result(other: Plan) -> None:
    """The same key is the same attempt."""
    assert made().key == made().key
    assert made().key != other.key
