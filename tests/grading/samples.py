"""An exercise of two checks, and plans for it."""

from __future__ import annotations

from pathlib import Path

from grader.grading.plan import make_plan
from grader.model.exercise import Check, Exercise, Limits, Platform, StartMethod
from grader.model.message import Words, say
from grader.model.plan import Plan
from grader.model.submission import IntakeProblem, ProblemCode, Submission


def check(name: str, points: float) -> Check:
    """A check with nothing special about it."""
    words = Words(en=name)
    return Check(id=name, title=words, functions=("f",), points=points, goal=words, next_step=words)


def exercise(*, digest: str = "e", start_methods: tuple[StartMethod, ...] = (StartMethod.FORK,)) -> Exercise:
    """Two checks, ten points."""
    return Exercise(
        id="ex90",
        slug="ex90_two",
        title=Words(en="Two"),
        functions=("f",),
        checks=(check("first", 4.0), check("second", 6.0)),
        limits=Limits(),
        start_methods=start_methods,
        platforms=tuple(Platform),
        topics=(),
        folder=Path("/nowhere"),
        digest=digest,
    )


def submission(*codes: ProblemCode, digest: str = "s") -> Submission:
    """A file with these problems."""
    problems = tuple(IntakeProblem(code=code, message=say("it is {code}", code=code.value)) for code in codes)
    return Submission(exercise="ex90", origin="ex90.py", source=b"def f(): ...\n", digest=digest, problems=problems)


def plan(*codes: ProblemCode) -> Plan:
    """What shall be done with such a file."""
    return make_plan(exercise(), submission(*codes), seed=1, python=None, demanded=None)
