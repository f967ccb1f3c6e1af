"""Gradescope's `results.json` (gradescope-autograders.readthedocs.io, "Output format"): one test per check.

Texts are plain, never HTML or Markdown: what a program printed cannot dress up. A hidden check shows its points after
the grades are published, and never its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.model.attempt import Attempt, CheckResult, Outcome, Verdict
from grader.model.exercise import Check, Exercise, Visibility
from grader.report.findings import Finding
from grader.report.view import Row, View
from grader.texts import speaker

SCHEMA = "ipc-grader/gradescope/1"
LONGEST = 16 * 1024
UNDECIDED = {Verdict.NOT_GRADED, Verdict.INCONCLUSIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """An exercise in the container, with what came of it; None as long as nothing has, or where no file was found.

    `note` is what there is to say about an exercise without an attempt.
    """

    exercise: Exercise
    attempt: Attempt | None = None
    view: View | None = None
    note: str = ""


def results(examined: Sequence[Examined], language: str, seconds: float) -> dict[str, Any]:
    """The document; its total is the sum of its tests."""
    tests = [
        test
        for number, one in enumerate(examined, start=1)
        for test in (_tests(one, number) if one.view else [_missing(one, number)])
    ]
    return {
        "output": _lf("\n\n".join(filter(None, (_summary(one, language) for one in examined)))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "stdout_visibility": "hidden",
        "execution_time": round(seconds),
        "tests": tests,
        "extra_data": {"schema": SCHEMA, "exercises": [_facts(one) for one in examined if one.attempt]},
    }


def is_decided(examined: Sequence[Examined]) -> bool:
    """Whether there is a grade for every exercise: what is our fault, or inconclusive, must never become a zero."""
    return not any(one.attempt and one.attempt.verdict in UNDECIDED for one in examined)


def _tests(one: Examined, number: int) -> list[dict[str, Any]]:
    assert one.view is not None
    assert one.attempt is not None
    outcomes = {result.check: result for result in one.attempt.results}
    findings = {finding.anchor: finding for finding in one.view.findings}
    return [
        _test(one, (check, row, outcomes.get(check.id)), findings.get(row.anchor), f"{number}.{row.number}")
        for check, row in zip(one.exercise.checks, one.view.rows, strict=True)
    ]


def _test(
    one: Examined, what: tuple[Check, Row, CheckResult | None], finding: Finding | None, number: str
) -> dict[str, Any]:
    check, row, result = what
    passed = result is not None and result.outcome is Outcome.PASSED
    hidden = check.visibility is Visibility.HIDDEN
    codes = [one.code for one in finding.advice] if finding and not hidden else []
    return {
        "name": f"{one.exercise.id} · {row.title}",
        "number": number,
        "score": check.points if passed else 0.0,
        "max_score": check.points,
        "status": "passed" if passed else "failed",
        "output": "" if hidden else _lf(_told(finding) if finding else row.reason),
        "tags": [one.exercise.id, *dict.fromkeys(codes)],
        "visibility": "after_published" if hidden else "visible",
        "extra_data": {"check": check.id, "outcome": result.outcome.value if result else "not_run"},
    }


def _missing(one: Examined, number: int) -> dict[str, Any]:
    """One test for the whole exercise, so that its points are seen to be missing."""
    return {
        "name": one.exercise.id,
        "number": str(number),
        "score": 0.0,
        "max_score": one.exercise.max_points,
        "status": "failed",
        "output": _lf(one.note),
        "tags": [one.exercise.id],
        "visibility": "visible",
        "extra_data": {"check": None, "outcome": "not_run"},
    }


def _told(finding: Finding) -> str:
    """The finding without its picture: what was seen, what was expected, why, what to do."""
    parts: list[str] = [finding.sentence, finding.conditions]
    parts += [f"{one.title}: {one.sentence}" for one in finding.advice]
    parts += ["\n".join(finding.stuck), "\n".join(finding.fallen), "\n".join(finding.left_behind)]
    if finding.excerpt:
        lines = [f"{'>' if line.marked else ' '} {line.number:4} | {line.text}" for line in finding.excerpt.lines]
        parts.append("\n".join(lines))
    parts += [finding.next_step, finding.again]
    return "\n\n".join(part for part in parts if part)


def _summary(one: Examined, language: str) -> str:
    _ = speaker(language)
    if one.view is None:
        return f"{one.exercise.id}: {one.note}"
    head = _(
        "{exercise}: {points} of {most} points. {sentence}",
        exercise=one.exercise.id,
        points=one.view.points,
        most=one.view.max_points,
        sentence=one.view.sentence,
    )
    problems = [str(problem.sentence) for problem in one.view.problems]
    return "\n".join([head, *problems, one.view.isolation])


def _facts(one: Examined) -> dict[str, Any]:
    assert one.attempt is not None
    return {
        "exercise": one.exercise.id,
        "attempt": one.attempt.id,
        "seed": one.attempt.seed,
        "verdict": one.attempt.verdict.value,
        "isolation": one.attempt.isolation.level.value,
        "grader": one.attempt.versions.grader,
        "python": one.attempt.versions.python,
        "digest": one.attempt.versions.exercise,
    }


def _lf(text: str) -> str:
    """Line feeds only, and not more than anybody reads: Gradescope shows carriage returns as they are."""
    return text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
