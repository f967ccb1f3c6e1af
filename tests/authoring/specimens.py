"""Specimens and attempts of the tiny course, made by hand."""

from __future__ import annotations

from pathlib import Path

from grader.authoring.specimens import Kind, Promise, Specimen
from grader.course.read import read_exercise
from grader.documents import AttemptShape, CheckShape, DiagnosisShape, IsolationShape, ProblemShape, VersionsShape
from grader.model.attempt import Blame, Evidence, Outcome, Verdict
from grader.model.observation import Level

TINY = Path(__file__).parents[1] / "courses" / "tiny"
EXERCISE = read_exercise(TINY / "ex90_tiny")
CHECKS = tuple(check.id for check in EXERCISE.checks)


def specimen(kind: Kind, *promises: Promise, name: str = "one") -> Specimen:
    """A file of that kind that is never read."""
    return Specimen(exercise=EXERCISE, kind=kind, path=Path(f"{name}.py"), promises=promises)


def check(name: str, outcome: Outcome = Outcome.PASSED, code: str = "") -> CheckShape:
    """A check of an attempt, with one diagnosis if a code is given."""
    diagnoses = [DiagnosisShape(code=code, title="", sentence="", next_step="", sites=[])] if code else []
    return CheckShape(
        id=name,
        title=name,
        functions=[],
        outcome=outcome,
        points=0.0,
        max_points=1.0,
        message=None if outcome is Outcome.PASSED else "expected 2, got 1",
        expected=None,
        actual=None,
        duration_s=0.0,
        evidence=Evidence.MEASURED,
        start_method=None,
        start_methods=[],
        explored=None,
        witness=None,
        left_behind=[],
        diagnoses=diagnoses,
    )


def attempt(verdict: Verdict, points: float | None, *checks: CheckShape, problem: str = "") -> AttemptShape:
    """An attempt in which all checks that are not given have passed."""
    given = {one.id: one for one in checks}
    return AttemptShape(
        schema="ipc-grader/attempt/1",
        id="0",
        plan_key="0",
        exercise=EXERCISE.id,
        student=None,
        verdict=verdict,
        points=points,
        max_points=10.0,
        blame=Blame.STUDENT,
        isolation=IsolationShape(level=Level.NONE, enforced=[], missing=[]),
        problems=[ProblemShape(code=problem, message="", line=None)] if problem else [],
        checks=[given.get(name) or check(name) for name in CHECKS],
        notes=[],
        seed=1,
        started_at=0.0,
        duration_s=0.0,
        versions=VersionsShape(grader="", python="", exercise=""),
    )
