"""One submission, graded once: our own fault is tried again and never costs points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from grader.errors import GraderFault
from grader.grading import one
from grader.grading.one import TRIES, grade_one
from grader.model.attempt import CheckResult, Outcome, Verdict
from grader.model.message import say
from grader.model.observation import Isolation, Level
from grader.model.plan import Plan
from grader.model.submission import ProblemCode
from grader.suite.examine import Examination
from grader.suite.examiners import Start, cold
from grader.texts import told, translate
from tests.grading.samples import plan

PASSED = {name: CheckResult(check=name, outcome=Outcome.PASSED) for name in ("first", "second")}
FAILED = CheckResult(check="second", outcome=Outcome.FAILED, message=say("expected 2, got 1"), facts=("wrong-value",))
ERROR = CheckResult(check="second", outcome=Outcome.ERROR, message=say("the suite raised"))
Grade = Callable[[Plan], tuple[object, int]]


def examination(**results: CheckResult) -> Examination:
    """A complete one with these results."""
    isolation = Isolation(level=Level.NONE)
    return Examination(results={**PASSED, **results}, complete=True, isolation=isolation, python="3.11.7")


class Examiner:
    """Stands for the subprocess: hands out one examination per try."""

    def __init__(self, examinations: Iterable[Examination]) -> None:
        self.examinations = iter(examinations)
        self.tries = 0

    def __call__(self, plan: Plan, *, on_event: object, report: str, start: Start) -> Examination:
        """The next one."""
        assert callable(on_event)
        assert (plan.exercise.id, report, start) == ("ex90", "", cold)
        self.tries += 1
        return next(self.examinations)


@pytest.fixture
def examiner(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Examiner]:
    """Puts an examiner in the place of the real one."""

    def place(*examinations: Examination) -> Examiner:
        examiner = Examiner(examinations)
        monkeypatch.setattr(one, "examine", examiner)
        return examiner

    return place


def ignore(_event: str | CheckResult) -> None:
    """Nobody looks."""


def test_all_passed_is_accepted(examiner: Callable[..., Examiner]) -> None:
    """Full points, one try; the attempt knows its plan, its seed and what it ran with."""
    placed, wanted = examiner(examination()), plan()
    attempt = grade_one(wanted, on_event=ignore, report_json=None)

    assert (attempt.verdict, attempt.points, attempt.max_points) == (Verdict.ACCEPTED, 10.0, 10.0)
    assert (attempt.plan_key, attempt.seed, attempt.versions.python) == (wanted.key, 1, "3.11.7")
    assert [result.check for result in attempt.results] == ["first", "second"]
    assert placed.tries == 1


def test_failed_check_costs_its_points(examiner: Callable[..., Examiner]) -> None:
    """And nothing else."""
    examiner(examination(second=FAILED))
    attempt = grade_one(plan(), on_event=ignore, report_json=None)

    assert (attempt.verdict, attempt.points) == (Verdict.PARTIAL, 4.0)


def test_our_fault_is_retried_once(examiner: Callable[..., Examiner]) -> None:
    """If it is gone then, nobody hears of it."""
    placed = examiner(examination(second=ERROR), examination())
    attempt = grade_one(plan(), on_event=ignore, report_json=None)

    assert (attempt.verdict, attempt.points, placed.tries) == (Verdict.ACCEPTED, 10.0, 2)


def test_fault_that_stays_is_no_grade(examiner: Callable[..., Examiner]) -> None:
    """No points, not even those of the other checks; never zero."""
    placed = examiner(*[examination(second=ERROR)] * TRIES)
    attempt = grade_one(plan(), on_event=ignore, report_json=None)

    assert (attempt.verdict, attempt.points, placed.tries) == (Verdict.NOT_GRADED, None, TRIES)


def test_examiner_that_ended_early_left_checks_ungraded(examiner: Callable[..., Examiner]) -> None:
    """What it did not come to is our fault, with its reason."""
    broken = Examination(
        results={"first": PASSED["first"]}, fault=say("the examiner ended early ({words})", words="exit code -9")
    )
    broken.isolation = Isolation(level=Level.NONE)
    examiner(*[broken] * TRIES)
    attempt = grade_one(plan(), on_event=ignore, report_json=None)

    assert attempt.verdict is Verdict.NOT_GRADED
    assert [result.outcome for result in attempt.results] == [Outcome.PASSED, Outcome.ERROR]
    assert "exit code -9" in str(attempt.results[1].message)


@pytest.mark.parametrize(
    ("code", "verdict"), [(ProblemCode.SYNTAX, Verdict.UNGRADABLE), (ProblemCode.NOT_STARTED, Verdict.REJECTED)]
)
def test_blocked_submission_is_not_run(examiner: Callable[..., Examiner], code: ProblemCode, verdict: Verdict) -> None:
    """Every check says why; the suite is not even started."""
    placed = examiner()
    attempt = grade_one(plan(code), on_event=ignore, report_json=None)

    assert (attempt.verdict, attempt.points, placed.tries) == (verdict, 0.0, 0)
    assert {(result.outcome, str(result.message)) for result in attempt.results} == {
        (Outcome.NOT_RUN, f"it is {code.value}")
    }


def test_report_is_asked_for_by_its_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The by-product of pytest is written only where somebody wants it."""
    asked: list[str] = []

    def examine(_plan: Plan, *, on_event: object, report: str, start: Start) -> Examination:
        assert callable(on_event)
        assert start is cold
        asked.append(report)
        return examination()

    monkeypatch.setattr(one, "examine", examine)
    for path in (tmp_path / "pytest.json", None):
        grade_one(plan(), on_event=ignore, report_json=path)

    assert asked == [str(tmp_path / "pytest.json"), ""]


def test_a_fault_of_another_process_is_said_in_the_reader_s_language(examiner: Callable[..., Examiner]) -> None:
    """With its way out: it crossed as a sentence, not as a text."""
    said = told(
        GraderFault(say("the machine has no memory left"), hint=say("grade fewer at once, or free some memory"))
    )
    examiner(*[Examination(fault=said, isolation=Isolation(level=Level.NONE))] * TRIES)
    message = grade_one(plan(), on_event=ignore, report_json=None).results[0].message

    assert message is not None
    assert str(message).endswith("the machine has no memory left (grade fewer at once, or free some memory)")
    assert message.values["why_zh"] == translate(said, "zh")
