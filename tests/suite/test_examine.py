"""An examiner is a process of its own: what it reports counts, what it does to itself is our fault."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course.read import read_exercise
from grader.errors import CourseError, UsageError
from grader.model.attempt import CheckResult, Outcome
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.suite.examine import Examination, examine
from tests.suite.samples import TINY, plan_of

WRONG = b"""
def double(number):
    return 3 * number

def add_many(counter, lock, times):
    for _ in range(times):
        counter.value += 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny exercise, to be spoilt."""
    copy = tmp_path / "ex90_tiny"
    shutil.copytree(TINY / "ex90_tiny", copy)
    return copy


def examined(plan: Plan) -> tuple[Examination, list[str | CheckResult]]:
    """What an examiner says."""
    events: list[str | CheckResult] = []
    return examine(plan, on_event=events.append, report=""), events


def spoilt(folder: Path, before: str, after: str) -> Plan:
    """A plan for the exercise after a change of its suite."""
    suite = folder / "suite" / "test_ex90.py"
    text = suite.read_text(encoding="utf-8")
    assert before in text
    suite.write_text(text.replace(before, after), encoding="utf-8")
    return plan_of(WRONG, read_exercise(folder))


def test_results_come_in_the_declared_order() -> None:
    """A check that begins is told, then its result; what needs a failed check is skipped, with the reason."""
    examination, events = examined(plan_of(WRONG))
    results = examination.results

    assert examination.complete
    assert [event if isinstance(event, str) else event.check for event in events] == [
        name for check in ("doubles", "refuses_text", "keeps_every_addition") for name in (check, check)
    ]
    assert [result.outcome for result in results.values()] == [Outcome.FAILED, Outcome.SKIPPED, Outcome.FAILED]
    assert str(results["refuses_text"].message) == "needs the check doubles"
    assert results["doubles"].facts == ("wrong-value",)
    assert results["keeps_every_addition"].witness is not None
    assert results["keeps_every_addition"].explored is not None
    assert examination.isolation is not None


@pytest.mark.parametrize("source", [WRONG, WRONG.replace(b"3 *", b"2 *")])
def test_what_comes_out_does_not_depend_on_how_many_checks_run_at_once(source: bytes) -> None:
    """Nor does what was looked at: start methods, schedules, what was skipped."""
    alone, side_by_side = (
        [replace(result, duration=0.0, observation=None) for result in examination.results.values()]
        for examination, _ in (examined(replace(plan_of(source), slots=slots)) for slots in (1, 3))
    )

    assert len(alone) == 3
    assert alone == side_by_side


def test_a_check_with_fixtures_of_its_own_waits_until_pytest_comes_to_it(folder: Path) -> None:
    """Only pytest can make them."""
    plan = spoilt(folder, "def test_doubles(program", "def test_doubles(tmp_path, program")
    examination, _ = examined(replace(plan, slots=2))

    assert examination.complete
    assert examination.results["doubles"].facts == ("wrong-value",)


@pytest.mark.parametrize("slots", [1, 2])
def test_a_check_that_would_have_to_be_awaited_is_the_suites_mistake(folder: Path, slots: int) -> None:
    """It would pass without a call."""
    plan = spoilt(folder, "def test_doubles(", "async def test_doubles(")
    examination, _ = examined(replace(plan, slots=slots))

    assert examination.results["doubles"].outcome is Outcome.ERROR
    assert "as a coroutine" in str(examination.results["doubles"].message)


def test_nothing_is_examined_after_the_first_failure_if_that_is_all_one_asks() -> None:
    """The rest is skipped, with the reason."""
    examination, _ = examined(replace(plan_of(WRONG), until_failure=True))
    results = examination.results

    assert examination.complete
    assert [result.outcome for result in results.values()] == [Outcome.FAILED, Outcome.SKIPPED, Outcome.SKIPPED]
    assert str(results["keeps_every_addition"].message) == "another check has failed before"


def test_suite_that_raises_is_an_error_of_that_check(folder: Path) -> None:
    """Never a failure of the student's; the others are examined."""
    plan = spoilt(folder, 'program.call("double", number).value', "1 / 0")
    examination, _ = examined(plan)

    assert examination.complete
    assert examination.results["doubles"].outcome is Outcome.ERROR
    assert "ZeroDivisionError" in str(examination.results["doubles"].message)
    assert examination.results["keeps_every_addition"].outcome is Outcome.FAILED


def test_what_fails_between_two_checks_is_our_fault(folder: Path) -> None:
    """Like a box that cannot be opened: the author has nothing to mend, and a class is graded on."""
    plan = spoilt(
        folder, "import scenarios\n",
        "import scenarios\nfrom grader.suite.journal import Journal\nJournal.started = lambda *_: 1 / 0\n",
    )  # fmt: skip
    examination, _ = examined(plan)

    assert not examination.complete
    assert "ZeroDivisionError" in str(examination.fault)


def test_a_suite_that_has_looked_for_children_itself_fails_the_check(folder: Path) -> None:
    """Its word for what it found is like ours, and what was measured has nothing of it."""
    plan = spoilt(
        folder, 'expect(program.call("double", "2")',
        'expect(["a"], "what was left", fact="child-left-behind").exactly([])\n    expect(program.call("double", "2")',
    )  # fmt: skip
    plan = replace(plan, submission=replace(plan.submission, source=WRONG.replace(b"3 *", b"2 *")))
    examination, _ = examined(plan)

    assert examination.complete
    assert examination.results["refuses_text"].outcome is Outcome.FAILED


def test_undeclared_check_is_the_authors_mistake(folder: Path) -> None:
    """Declared and collected ones have to be the same, or points would be lost silently."""
    plan = spoilt(folder, "def test_doubles(", "def test_triples(")
    with pytest.raises(CourseError, match=r"no function for \['doubles'\], not declared \['triples'\]"):
        examined(plan)


def test_suite_that_cannot_be_imported_is_the_authors_mistake(folder: Path) -> None:
    """With the words that say where."""
    plan = spoilt(folder, "import scenarios\n", "import scenarioss\n")
    with pytest.raises(CourseError, match="No module named 'scenarioss'"):
        examined(plan)


def test_examiner_that_ends_early_is_our_fault(folder: Path) -> None:
    """What it had told stays; why it ended is told."""
    plan = spoilt(
        folder, 'expect(program.call("double", "2")', 'import os; os._exit(9)\n    expect(program.call("double", "2")'
    )
    plan = replace(plan, submission=replace(plan.submission, source=WRONG.replace(b"3 *", b"2 *")))
    examination, _ = examined(plan)

    assert not examination.complete
    assert "exit code 9" in str(examination.fault)
    assert list(examination.results) == ["doubles"]


def test_isolation_that_is_not_to_be_had_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever demands walls is told that there are none; nothing is run without."""
    monkeypatch.setenv("PATH", str(folder))
    plan = replace(plan_of(WRONG), demanded=Level.NAMESPACE)
    with pytest.raises(UsageError) as refused:
        examined(plan)

    assert refused.value.hint
