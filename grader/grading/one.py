"""One submission, graded once: examine, diagnose, score.

Plan --examine--> results --diagnose--> results with reasons --score--> Attempt
"""

from __future__ import annotations

import dataclasses
import platform
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from grader import __version__
from grader.errors import GraderFault
from grader.grading.score import blame_of, points_of, points_or_none, verdict_of
from grader.model.attempt import Attempt, CheckResult, Outcome, Versions
from grader.model.message import Message, say
from grader.model.plan import Plan
from grader.sandbox.detect import detect
from grader.suite.examine import Examination, examine
from grader.suite.examiners import Start, cold
from grader.texts import within

Event = str | CheckResult
TRIES = 2  # our own fault is retried once


def grade_one(
    plan: Plan, *, on_event: Callable[[Event], None], report_json: Path | None, start: Start = cold
) -> Attempt:
    """Grade one plan; `on_event` is told of each check that begins (its id) and of each result.

    Raises UsageError if the demanded isolation is not to be had, CourseError if the suite cannot be run.
    """
    began, started_at = time.monotonic(), time.time()
    if plan.submission.blocked_by:
        examination = Examination(isolation=detect(plan.demanded), python=platform.python_version())
        results = _blocked(plan)
    else:
        examination = _examined(plan, on_event, report_json, start)
        results = tuple(
            _with_reasons(plan, examination.results.get(check.id) or _not_run(check.id, examination))
            for check in plan.exercise.checks
        )
    return _scored(plan, results, examination, (started_at, time.monotonic() - began))


def replay(plan: Plan) -> CheckResult:
    """Run the one check of `plan.retrace` along its schedule; raises GraderFault if the examiner cannot."""
    assert plan.retrace is not None
    examination = _examined(plan, lambda _event: None, None, cold)
    result = examination.results.get(plan.retrace.check)
    if result is None or result.outcome is Outcome.ERROR:
        why = result.message if result and result.message else examination.fault or say("nothing was heard of it")
        raise GraderFault(say("the schedule could not be replayed: {reason}", **within("reason", why)))
    return _with_reasons(plan, result)


def _examined(plan: Plan, on_event: Callable[[Event], None], report_json: Path | None, start: Start) -> Examination:
    examination = Examination()
    for _ in range(TRIES):
        examination = examine(plan, on_event=on_event, report=str(report_json) if report_json else "", start=start)
        faults = [result for result in examination.results.values() if result.outcome is Outcome.ERROR]
        if examination.complete and not faults:
            break
    return examination


def _not_run(check: str, examination: Examination) -> CheckResult:
    message = say("the grader could not run it: the suite stopped before it")
    if examination.fault:
        message = say("the grader could not run it: {why}", **within("why", examination.fault))
    return CheckResult(check=check, outcome=Outcome.ERROR, message=message)


def _blocked(plan: Plan) -> tuple[CheckResult, ...]:
    problem = plan.submission.blocked_by
    message: Message | None = problem.message if problem else None
    return tuple(
        CheckResult(check=check.id, outcome=Outcome.NOT_RUN, message=message) for check in plan.exercise.checks
    )


def _with_reasons(plan: Plan, result: CheckResult) -> CheckResult:
    if result.outcome in {Outcome.PASSED, Outcome.NOT_RUN, Outcome.SKIPPED, Outcome.ERROR}:
        return result
    from grader.diagnosis.engine import diagnose  # here: a hundred modules, for which no examiner has to wait

    source = plan.submission.source.decode("utf-8", "replace")
    return dataclasses.replace(result, diagnoses=diagnose(result, plan.exercise, source))


def _scored(
    plan: Plan, results: tuple[CheckResult, ...], examination: Examination, times: tuple[float, float]
) -> Attempt:
    checks = plan.exercise.checks
    points = sum(points_of(check, result) for check, result in zip(checks, results, strict=True))
    verdict = verdict_of(plan.submission, results, points, plan.exercise.max_points)
    return Attempt(
        id=secrets.token_hex(8),
        plan_key=plan.key,
        exercise=plan.exercise.id,
        verdict=verdict,
        points=points_or_none(verdict, points),
        max_points=plan.exercise.max_points,
        blame=blame_of(verdict),
        results=results,
        problems=plan.submission.problems,
        isolation=examination.isolation or detect(plan.demanded),
        versions=Versions(grader=__version__, python=examination.python, exercise=plan.exercise.digest),
        seed=plan.seed,
        started_at=times[0],
        duration=times[1],
    )
