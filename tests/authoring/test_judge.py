"""A promise is kept exactly, or the deviation says what was expected and what was seen."""

from __future__ import annotations

import pytest

from grader.authoring.judge import Deviation, deviations
from grader.authoring.specimens import Kind, Promise
from grader.documents import AttemptShape
from grader.model.attempt import Outcome, Verdict
from tests.authoring.specimens import attempt, check, specimen

REJECTED = specimen(
    Kind.REJECTED,
    Promise(check="doubles", outcome=Outcome.FAILED, code="lost-update"),
    Promise(check="refuses_text", outcome=Outcome.SKIPPED),
)
SKIPPED = check("refuses_text", Outcome.SKIPPED)
KEPT = attempt(Verdict.PARTIAL, 4.0, check("doubles", Outcome.FAILED, "lost-update"), SKIPPED)


def test_accepted_solution_that_passes_everything_keeps_its_promise() -> None:
    """Full points, nothing else."""
    assert deviations(specimen(Kind.ACCEPTED), attempt(Verdict.ACCEPTED, 10.0)) == ()


def test_rejected_solution_that_fails_exactly_its_checks_keeps_its_promise() -> None:
    """Outcome and diagnosis as in the header; a check without a code may have any diagnosis."""
    assert deviations(REJECTED, KEPT) == ()


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.HUNG])
def test_what_may_come_out_otherwise_may_pass(outcome: Outcome) -> None:
    """A program that races is caught in a free run, or is not."""
    racing = specimen(
        Kind.REJECTED, *REJECTED.promises, Promise(check="keeps_every_addition", outcome=Outcome.HUNG, certain=False)
    )
    other = attempt(Verdict.PARTIAL, 4.0, *KEPT.checks, check("keeps_every_addition", outcome))

    assert deviations(racing, other) == ()


def test_what_may_come_out_otherwise_comes_out_as_said() -> None:
    """A third outcome deviates, and both that are allowed are named."""
    racing = specimen(
        Kind.REJECTED, *REJECTED.promises, Promise(check="keeps_every_addition", outcome=Outcome.HUNG, certain=False)
    )
    other = attempt(Verdict.PARTIAL, 4.0, *KEPT.checks, check("keeps_every_addition", Outcome.FAILED))

    assert deviations(racing, other) == (
        Deviation(check="keeps_every_addition", expected="hung or passed", seen="failed"),
    )


def test_stub_that_is_not_started_keeps_its_promise() -> None:
    """It gets none, and is said to be untouched."""
    assert deviations(specimen(Kind.STUB), attempt(Verdict.REJECTED, 0.0, problem="not-started")) == ()


@pytest.mark.parametrize(
    ("seen", "deviation"),
    [
        (
            attempt(Verdict.PARTIAL, 4.0, check("doubles", Outcome.HUNG, "lost-update"), SKIPPED),
            Deviation(check="doubles", expected="failed lost-update", seen="hung lost-update"),
        ),
        (
            attempt(Verdict.PARTIAL, 4.0, check("doubles", Outcome.FAILED, "lock-order"), SKIPPED),
            Deviation(check="doubles", expected="failed lost-update", seen="failed lock-order"),
        ),
        (
            attempt(Verdict.PARTIAL, 8.0, check("doubles"), SKIPPED),
            Deviation(check="doubles", expected="failed lost-update", seen="passed"),
        ),
        (
            attempt(
                Verdict.REJECTED,
                0.0,
                check("doubles", Outcome.FAILED, "lost-update"),
                SKIPPED,
                check("keeps_every_addition", Outcome.FAILED),
            ),
            Deviation(check="keeps_every_addition", expected="passed", seen="failed"),
        ),
        (
            attempt(Verdict.NOT_GRADED, None, check("doubles", Outcome.FAILED, "lost-update"), SKIPPED),
            Deviation(check="", expected="partial or rejected", seen="not_graded with no points"),
        ),
    ],
    ids=["another outcome", "another diagnosis", "a survivor", "one check more", "not graded"],
)
def test_rejected_solution_that_comes_out_otherwise_deviates(seen: AttemptShape, deviation: Deviation) -> None:
    """Each thing that differs is one deviation."""
    assert deviations(REJECTED, seen) == (deviation,)


def test_accepted_solution_without_full_points_deviates() -> None:
    """Also where every check passed: then the points are wrong."""
    seen = attempt(Verdict.ACCEPTED, 9.0)

    assert deviations(specimen(Kind.ACCEPTED), seen) == (
        Deviation(check="", expected="accepted", seen="accepted with 9 points"),
    )


def test_stub_that_is_examined_deviates() -> None:
    """A stub whose file differs from what intake takes for the stub would be graded like a submission."""
    (found,) = deviations(specimen(Kind.STUB), attempt(Verdict.REJECTED, 0.0))

    assert (found.expected, found.seen) == ("rejected with 0 points: not-started", "rejected with 0 points")


def test_deviations_that_differ_in_drawn_numbers_are_the_same() -> None:
    """Of twenty runs the author sees one line, with one of the messages."""
    first = Deviation(check="doubles", expected="passed", seen="failed", message="expected 4, got 5")
    second = Deviation(check="doubles", expected="passed", seen="failed", message="expected 6, got 7")

    assert len({first, second}) == 1
