"""Episodes and answers made by hand, and the plan of a small exercise."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.course.read import read_exercise
from grader.inside.vocabulary import Kind
from grader.model.exercise import Exercise, Limits, StartMethod
from grader.model.message import Words
from grader.model.observation import Level, Observation, Stop
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.model.witness import Witness
from grader.suite.episodes import Answer, Episode, Subject
from grader.wire import AnswerFrame, RaisedFrame

SUBJECT = Subject(file="ex90.py", functions=("double", "add_many"))
TINY = Path(__file__).parents[1] / "courses" / "tiny"


def answer(frame: AnswerFrame | None, *, name: str = "", exit_code: int | None = None) -> Answer:
    """What came of a call."""
    return Answer(name=name, frame=frame, seconds=1.0, exit_code=exit_code, subject=SUBJECT)


def returned(value: Any) -> AnswerFrame:
    """It returned that (encoded) value."""
    return AnswerFrame(kind=Kind.RETURNED, value=value)


def raised(message: str, *lines: int) -> AnswerFrame:
    """It raised ValueError, through these lines of the student's file."""
    frames: list[tuple[Any, int, Any]] = [("/box/sub/ex90.py", line, "f") for line in lines]
    frames.append(("/usr/lib/python3.11/queue.py", 9, "get"))
    error = RaisedFrame(
        name="builtins.ValueError", bases=["builtins.Exception"], message=message, args=["tuple", []], frames=frames
    )
    return AnswerFrame(kind=Kind.RAISED, raised=error)


def episode(
    frame: AnswerFrame | None = None,
    *,
    observation: Observation | None = None,
    workers: Mapping[str, Answer] | None = None,
    explored: bool = False,
    witness: Witness | None = None,
) -> Episode:
    """One run that came to this."""
    return Episode(
        given={},
        explored=explored,
        start_method="fork",
        main=answer(frame or returned(None)),
        workers=workers or {},
        shared={},
        tickets={},
        met={},
        notes={},
        processes=0,
        observation=observation or Observation(stop=Stop.ANSWERED),
        witness=witness,
    )


def plan_of(source: bytes, exercise: Exercise | None = None) -> Plan:
    """What shall be done with a file of ex90."""
    exercise = exercise or read_exercise(TINY / "ex90_tiny")
    return Plan(
        exercise=exercise,
        submission=Submission(exercise="ex90", origin="ex90.py", source=source, digest="d"),
        start_methods=(StartMethod.FORK,),
        seed=7,
        python=sys.executable,
        slots=1,
        demanded=Level.NONE,
        key="k",
    )


def without_checks() -> Exercise:
    """An exercise of which only the limits matter."""
    return Exercise(
        id="ex90",
        slug="ex90_tiny",
        title=Words(en="Tiny"),
        functions=("double",),
        checks=(),
        limits=Limits(wall=30.0, output_bytes=50_000),
        start_methods=(StartMethod.FORK,),
        platforms=(),
        topics=(),
        folder=TINY,
        digest="d",
    )
