"""From results to points, verdict and blame."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.attempt import Blame, CheckResult, Outcome, Verdict
from grader.model.exercise import Check
from grader.model.submission import ProblemCode, Submission


def points_of(check: Check, result: CheckResult) -> float:
    """The points of one check: all or none."""
    return check.points if result.outcome is Outcome.PASSED else 0.0


def verdict_of(submission: Submission, results: Sequence[CheckResult], points: float, most: float) -> Verdict:
    """The first that applies: not_graded, ungradable, inconclusive, accepted, rejected, partial."""
    outcomes = {result.outcome for result in results}
    blocked = submission.blocked_by
    if Outcome.ERROR in outcomes:
        return Verdict.NOT_GRADED
    if blocked is not None:
        return Verdict.REJECTED if blocked.code is ProblemCode.NOT_STARTED else Verdict.UNGRADABLE
    if Outcome.INCONCLUSIVE in outcomes and not any(outcome.blames_student for outcome in outcomes):
        return Verdict.INCONCLUSIVE
    if points == most:
        return Verdict.ACCEPTED
    return Verdict.REJECTED if points == 0 else Verdict.PARTIAL


def blame_of(verdict: Verdict) -> Blame | None:
    """Who has to act on it."""
    match verdict:
        case Verdict.ACCEPTED | Verdict.INCONCLUSIVE:
            return None
        case Verdict.NOT_GRADED:
            return Blame.GRADER
        case _:
            return Blame.STUDENT


def points_or_none(verdict: Verdict, points: float) -> float | None:
    """There are no points where there is no grade."""
    if verdict in {Verdict.NOT_GRADED, Verdict.INCONCLUSIVE}:
        return None
    return 0.0 if verdict is Verdict.UNGRADABLE else points
