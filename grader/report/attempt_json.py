"""The attempt as a JSON document: the contract that other tools build on, in English whatever the reader's language."""

from __future__ import annotations

from enum import StrEnum

from grader.errors import GraderError
from grader.model.attempt import Attempt, CheckResult, Diagnosis, Outcome
from grader.model.exercise import Check, Exercise, Visibility
from grader.report.sanitise import clean
from grader.report.view import skip_reason
from grader.texts import translate

ATTEMPT = "ipc-grader/attempt/1"
ERROR = "ipc-grader/error/1"
LONGEST_TEXT = 16 * 1024

Document = dict[str, object]


class Audience(StrEnum):
    """Who reads the document: a student sees of a hidden check its points only."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"


def document(attempt: Attempt, exercise: Exercise, *, audience: Audience = Audience.STUDENT) -> Document:
    """`attempt.json`, as plain data."""
    results = {result.check: result for result in attempt.results}
    checks = [
        _check(check, results.get(check.id) or CheckResult(check=check.id, outcome=Outcome.NOT_RUN), attempt, exercise)
        if check.visibility is Visibility.SHOWN or audience is Audience.INSTRUCTOR
        else _hidden_check(number, check, results.get(check.id))
        for number, check in enumerate(exercise.checks, start=1)
    ]
    made: Document = {
        "schema": ATTEMPT,
        "id": attempt.id,
        "plan_key": attempt.plan_key,
        "exercise": attempt.exercise,
        "student": _text(attempt.student),
        "verdict": attempt.verdict.value,
        "points": attempt.points,
        "max_points": attempt.max_points,
        "blame": attempt.blame.value if attempt.blame else None,
        "isolation": {
            "level": attempt.isolation.level.value,
            "enforced": list(attempt.isolation.enforced),
            "missing": list(attempt.isolation.missing),
        },
        "problems": [
            {"code": problem.code.value, "message": _text(str(problem.message)), "line": problem.line}
            for problem in attempt.problems
        ],
        "checks": checks,
        "notes": [_text(str(note)) for note in attempt.notes],
        "seed": attempt.seed,
        "started_at": round(attempt.started_at, 3),
        "duration_s": round(attempt.duration, 3),
        "versions": {
            "grader": attempt.versions.grader,
            "python": attempt.versions.python,
            "exercise": attempt.versions.exercise,
        },
    }
    return {key: _safe(value) for key, value in made.items()}


def error_document(error: GraderError) -> Document:
    """What stands in the place of an attempt when there is none."""
    message, hint = (said if isinstance(said, str) else translate(said, "en") for said in (error.message, error.hint))
    return {"schema": ERROR, "code": int(error.exit_code), "message": clean(message), "hint": clean(hint)}


def _check(check: Check, result: CheckResult, attempt: Attempt, exercise: Exercise) -> Document:
    skipped = result.outcome is Outcome.SKIPPED
    message = skip_reason(check, attempt, exercise) if skipped else result.message
    explored = result.explored
    return {
        "id": check.id,
        "title": check.title.en,
        "functions": list(check.functions),
        "outcome": result.outcome.value,
        "points": _points(check, result),
        "max_points": check.points,
        "message": _text(str(message)) if message else None,
        "expected": _text(result.expected),
        "actual": _text(result.actual),
        "duration_s": round(result.duration, 3),
        "evidence": result.evidence.value,
        "start_method": result.start_method,
        "start_methods": list(result.start_methods),
        "explored": {
            "schedules": explored.schedules,
            "preemptions": explored.preemptions,
            "complete": explored.complete,
        }
        if explored
        else None,
        "witness": _text(str(result.witness)) if result.witness else None,
        "left_behind": [_text(str(thing)) for thing in result.left_behind],
        "diagnoses": [_diagnosis(diagnosis) for diagnosis in result.diagnoses],
    }


def _hidden_check(number: int, check: Check, result: CheckResult | None) -> Document:
    """All keys, so that readers need no second shape; the outcome says no more than the points do."""
    passed = result is not None and result.outcome is Outcome.PASSED
    return {
        "id": f"hidden-{number}",
        "title": "hidden check",
        "functions": [],
        "outcome": (Outcome.PASSED if passed else Outcome.FAILED).value,
        "points": check.points if passed else 0.0,
        "max_points": check.points,
        "message": None,
        "expected": None,
        "actual": None,
        "duration_s": 0.0,
        "evidence": "measured",
        "start_method": None,
        "start_methods": [],
        "explored": None,
        "witness": None,
        "left_behind": [],
        "diagnoses": [],
    }


def _diagnosis(diagnosis: Diagnosis) -> Document:
    return {
        "code": diagnosis.code,
        "title": _text(str(diagnosis.title)),
        "sentence": _text(str(diagnosis.sentence)),
        "next_step": _text(str(diagnosis.next_step)),
        "sites": [{"file": site.file, "line": site.line} for site in diagnosis.sites],
    }


def _points(check: Check, result: CheckResult) -> float:
    return check.points if result.outcome is Outcome.PASSED else 0.0


def _text(raw: str | None) -> str | None:
    return None if raw is None else raw[:LONGEST_TEXT]


def _safe(value: object) -> object:
    """The value without characters that a strict JSON reader refuses (lone surrogates) or a terminal obeys."""
    match value:
        case str():
            return clean(value)
        case list():
            return [_safe(item) for item in value]
        case dict():
            return {key: _safe(item) for key, item in value.items()}
        case _:
            return value
