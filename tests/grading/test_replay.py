"""A witness replays: the same schedule, the same steps, the same failure, time and again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.errors import GraderFault
from grader.grading.one import grade_one, replay
from grader.model.attempt import Outcome
from grader.model.plan import Plan, Retrace
from grader.model.witness import witness_of
from tests.suite.samples import TINY, plan_of

REPEATS = 10
WRONG = (TINY / "submissions" / "fails.py").read_bytes()
RIGHT = (TINY / "submissions" / "passes.py").read_bytes()
CHECK = "keeps_every_addition"


@pytest.fixture(scope="module")
def retraced() -> Plan:
    """A plan that replays the witness of a failed attempt, as it was written down."""
    plan = plan_of(WRONG)
    results = {result.check: result for result in grade_one(plan, on_event=lambda _: None, report_json=None).results}
    witness = results[CHECK].witness
    assert witness is not None
    return replace(plan, retrace=Retrace(check=CHECK, witness=witness_of(str(witness))))


def test_a_witness_replays_to_the_same_failure(retraced: Plan) -> None:
    """Ten of ten, step by step."""
    results = [replay(retraced) for _ in range(REPEATS)]

    assert {result.outcome for result in results} == {Outcome.FAILED}
    assert len({str(result.message) for result in results}) == 1
    assert retraced.retrace is not None
    assert {str(result.witness) for result in results} == {str(retraced.retrace.witness)}
    assert {result.diagnoses[0].code for result in results} == {"lost-update"}


def test_a_program_that_was_mended_passes_the_schedule(retraced: Plan) -> None:
    """The schedule is followed as far as the new program has choices; the free runs of the check are left out."""
    mended = replace(retraced, submission=replace(retraced.submission, source=RIGHT))

    assert replay(mended).outcome in {Outcome.PASSED, Outcome.INCONCLUSIVE}


def test_a_program_that_breaks_off_cannot_be_replayed(retraced: Plan) -> None:
    """A file that cannot be imported fails as it does in an attempt: no schedule begins."""
    broken = replace(retraced, submission=replace(retraced.submission, source=b"raise SystemExit(3)\n"))

    assert replay(broken).witness is None


def test_an_examiner_that_fails_is_our_fault(retraced: Plan) -> None:
    """It is told as such, and blames nobody."""
    nowhere = replace(retraced, python="/nowhere/python")

    with pytest.raises(GraderFault, match="could not be replayed"):
        replay(nowhere)
