"""From results to points, verdict and blame."""

from __future__ import annotations

import pytest

from grader.grading.score import blame_of, points_of, points_or_none, verdict_of
from grader.model.attempt import Blame, CheckResult, Outcome, Verdict
from grader.model.exercise import Check
from grader.model.message import Words, say
from grader.model.submission import IntakeProblem, ProblemCode, Submission

CHECK = Check(id="c", title=Words(en="c"), functions=(), points=2.5, goal=Words(en="g"), next_step=Words(en="n"))
FINE = Submission(exercise="ex", origin="", source=b"", digest="")


def results(*outcomes: Outcome) -> list[CheckResult]:
    """One result per outcome."""
    return [CheckResult(check="c", outcome=outcome) for outcome in outcomes]


def with_problem(code: ProblemCode) -> Submission:
    """A submission with which intake found something."""
    problems = (IntakeProblem(code=code, message=say("something")),)
    return Submission(exercise="ex", origin="", source=b"", digest="", problems=problems)


@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_passed_check_has_points(outcome: Outcome) -> None:
    """All or none; no news is not good news."""
    assert points_of(CHECK, results(outcome)[0]) == (2.5 if outcome is Outcome.PASSED else 0.0)


@pytest.mark.parametrize(
    ("outcomes", "points", "verdict"),
    [
        ([Outcome.PASSED, Outcome.PASSED], 10.0, Verdict.ACCEPTED),
        ([Outcome.PASSED, Outcome.FAILED], 5.0, Verdict.PARTIAL),
        ([Outcome.PASSED, Outcome.SKIPPED], 5.0, Verdict.PARTIAL),
        ([Outcome.FAILED, Outcome.HUNG], 0.0, Verdict.REJECTED),
        ([Outcome.TIMEOUT, Outcome.CRASHED], 0.0, Verdict.REJECTED),
        ([Outcome.PASSED, Outcome.INCONCLUSIVE], 5.0, Verdict.INCONCLUSIVE),
        ([Outcome.INCONCLUSIVE, Outcome.SKIPPED], 0.0, Verdict.INCONCLUSIVE),
        ([Outcome.INCONCLUSIVE, Outcome.FAILED], 0.0, Verdict.REJECTED),
        ([Outcome.INCONCLUSIVE, Outcome.FAILED, Outcome.PASSED], 5.0, Verdict.PARTIAL),
        ([Outcome.PASSED, Outcome.ERROR], 5.0, Verdict.NOT_GRADED),
        ([Outcome.FAILED, Outcome.ERROR], 0.0, Verdict.NOT_GRADED),
    ],
    ids=str,
)
def test_verdict_is_the_first_that_applies(outcomes: list[Outcome], points: float, verdict: Verdict) -> None:
    """Our fault comes before everything: it is never a student's zero."""
    assert verdict_of(FINE, results(*outcomes), points, 10.0) is verdict


@pytest.mark.parametrize("code", ProblemCode)
def test_blocked_submission_is_ungradable_or_not_started(code: ProblemCode) -> None:
    """The stub as it was handed out is rejected; a name that shadows a module is only told."""
    ran = [Outcome.PASSED] if not code.blocks else [Outcome.NOT_RUN]
    verdict = verdict_of(with_problem(code), results(*ran), 10.0 if not code.blocks else 0.0, 10.0)

    assert verdict is {
        ProblemCode.NOT_STARTED: Verdict.REJECTED,
        ProblemCode.SHADOWS: Verdict.ACCEPTED,
    }.get(code, Verdict.UNGRADABLE)


@pytest.mark.parametrize(
    ("verdict", "blame", "points"),
    [
        (Verdict.ACCEPTED, None, 4.0),
        (Verdict.PARTIAL, Blame.STUDENT, 4.0),
        (Verdict.REJECTED, Blame.STUDENT, 4.0),
        (Verdict.UNGRADABLE, Blame.STUDENT, 0.0),
        (Verdict.INCONCLUSIVE, None, None),
        (Verdict.NOT_GRADED, Blame.GRADER, None),
    ],
)
def test_there_are_points_only_where_there_is_a_grade(
    verdict: Verdict, blame: Blame | None, points: float | None
) -> None:
    """And somebody to act only where somebody has to."""
    assert (blame_of(verdict), points_or_none(verdict, 4.0)) == (blame, points)
