"""What shall be done: one exercise, one submission, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model.exercise import Exercise, StartMethod
from grader.model.observation import Level
from grader.model.submission import Submission
from grader.model.witness import Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrace:
    """One check along the schedule of a witness, instead of all checks along all schedules."""

    check: str
    witness: Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A request for an Attempt. `python` is the interpreter of the box; `slots` is how many boxes may run at once.

    `until_failure`: what follows the first check that fails is skipped; for who only asks whether any does.
    """

    exercise: Exercise
    submission: Submission
    start_methods: tuple[StartMethod, ...]
    seed: int
    python: str
    slots: int
    demanded: Level
    key: str
    retrace: Retrace | None = None
    until_failure: bool = False
