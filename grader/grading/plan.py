"""From an exercise and a submission to a Plan: what shall be done, under a key that says when two are the same."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
import sys

from grader import __version__
from grader.errors import UsageError
from grader.model.exercise import Exercise, StartMethod
from grader.model.message import Message, say
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.sandbox import quota

SEED_BELOW = 2**31
MOST_SLOTS = 4


def make_plan(  # noqa: PLR0913 - each by name
    exercise: Exercise,
    submission: Submission,
    *,
    seed: int | None,
    python: str | None,
    demanded: Level | None,
    slots: int | None = None,
) -> Plan:
    """A Plan with every default filled in; a seed that was not given is drawn, and kept in the attempt.

    Limits are those of the exercise, as far as this machine has so much.

    `slots` is how many boxes of the attempt may run at once; it is no part of the key, verdicts do not depend on it.
    Raises UsageError where the exercise cannot be graded: POSIX has pipes and signals that other systems have not.
    """
    if not exercise.is_for(sys.platform):
        raise UsageError(elsewhere(exercise), hint=say("grade it there, or in a container with Linux"))
    seed = secrets.randbelow(SEED_BELOW) if seed is None else seed
    python = python or sys.executable
    limits = quota.scaled(exercise.limits, cores=quota.cores(), memory=quota.whole_memory())
    # One more than cores: a call waits for half of its time, for the clock and for processes that take turns.
    side_by_side = min(MOST_SLOTS, quota.whole_cores() + 1, quota.memory() // limits.memory)
    return Plan(
        exercise=dataclasses.replace(exercise, limits=limits),
        submission=submission,
        start_methods=exercise.start_methods or tuple(StartMethod),
        seed=seed,
        python=python,
        slots=slots or max(1, side_by_side),
        demanded=demanded or Level.NONE,
        key=_key(exercise.digest, submission.digest, __version__, python, str(seed), ",".join(exercise.start_methods)),
    )


def elsewhere(exercise: Exercise) -> Message:
    """Why an exercise is not graded here."""
    platforms = ", ".join(exercise.platforms)
    return say(
        "{exercise} cannot be graded on this system, only on: {platforms}", exercise=exercise.id, platforms=platforms
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
