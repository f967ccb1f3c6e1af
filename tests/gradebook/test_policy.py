"""Points become grades by rules that can be told: which file counts, what lateness costs, what a human has set."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from grader.gradebook.policy import Rules, decide, moves
from grader.model.grade import Adjustment, Counts, Entry, Grade, Policy, Student
from grader.model.message import Words

DEADLINE = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
HOUR = 3600.0
LATE = Policy(late_days=2, late_penalty=0.1, late_most=5, deadlines={"ex03": DEADLINE, "ex04": DEADLINE})


def document(points: float | None, **more: Any) -> dict[str, Any]:
    """What the grader says, as far as a grade depends on it."""
    verdict = {None: "inconclusive", 0.0: "rejected", 10.0: "accepted"}.get(points, "partial")
    return {"points": points, "max_points": 10.0, "verdict": verdict, "checks": [], **more}


def entry(number: int, points: float | None = 10.0, **more: Any) -> Entry:
    """A file of student 1 for ex03, each number another file."""
    fields: dict[str, Any] = {
        "number": number,
        "run": 1,
        "student": "1",
        "name": "Ann",
        "exercise": "ex03",
        "origin": "ex03.py",
        "handed_in_at": None,
        "late": False,
        "plan_key": f"key-{number}",
        "digest": f"file-{number}",
        "document": document(points),
    }
    return Entry(**{**fields, **more})


def hours_late(hours: float) -> float:
    """A moment so many hours after the deadline."""
    return DEADLINE.timestamp() + hours * HOUR


def grade_of(*entries: Entry, policy: Policy = LATE, **more: Any) -> Grade:
    """The only grade."""
    (grade,) = decide(entries, Rules(policy=policy, order=("ex03", "ex04"), **more))
    return grade


def test_the_last_file_counts_unless_the_policy_says_the_best() -> None:
    """By the time where it is known for all, else in the order in which they were met."""
    files = (entry(1, 9.0), entry(2, 4.0))
    timed = (entry(1, 9.0, handed_in_at=hours_late(-1)), entry(2, 4.0, handed_in_at=hours_late(-2)))

    assert grade_of(*files).final == 4.0
    assert grade_of(*timed).final == 9.0
    assert grade_of(*files, policy=Policy(counts=Counts.BEST)).final == 9.0


def test_a_file_graded_again_counts_as_graded_last() -> None:
    """What a mistake of a suite once gave is not the best attempt of a student."""
    again = (entry(1, 10.0), entry(2, 6.0, digest="file-1"))

    assert grade_of(*again, policy=Policy(counts=Counts.BEST)).final == 6.0


@pytest.mark.parametrize(
    ("hours", "days", "charged", "final"),
    [(-1, 0, 0, 10.0), (1, 1, 0, 10.0), (48, 2, 0, 10.0), (49, 3, 1, 9.0), (24 * 5, 5, 3, 7.0), (24 * 5.1, 6, 4, 0.0)],
)
def test_days_beyond_the_free_ones_cost(hours: float, days: int, charged: int, final: float) -> None:
    """A day that has begun is a day; after the last one nothing counts."""
    grade = grade_of(entry(1, handed_in_at=hours_late(hours)))

    assert (grade.days, grade.charged, grade.final) == (days, charged, final)


def test_a_mark_without_a_time_is_one_day() -> None:
    """That is the least that the platform's mark can mean; where the time is known, the time decides."""
    marked = grade_of(entry(1, late=True), policy=Policy(late_penalty=0.2))
    timed = grade_of(entry(1, late=True, handed_in_at=hours_late(-1)))

    assert (marked.days, marked.final) == (1, 8.0)
    assert timed.days == 0


def test_free_days_are_used_up_in_teaching_order() -> None:
    """Two of them: the first exercise takes both, the second has none left; another student may have more."""
    late = hours_late(30)
    files = [
        entry(1, exercise="ex04", handed_in_at=late),
        entry(2, handed_in_at=late),
        entry(3, student="2", name="Ben", handed_in_at=late),
        entry(4, student="2", name="Ben", exercise="ex04", handed_in_at=late),
    ]
    ben = {"2": Student(id="2", name="Ben", late_days=4)}
    grades = decide(files, Rules(policy=LATE, order=("ex03", "ex04"), students=ben))

    assert [(one.student, one.exercise, one.charged, one.final) for one in grades] == [
        ("1", "ex03", 0, 10.0),
        ("1", "ex04", 2, 8.0),
        ("2", "ex03", 0, 10.0),
        ("2", "ex04", 0, 10.0),
    ]


def test_of_the_best_the_one_that_costs_fewer_days_counts() -> None:
    """A late file that brings nothing more does not use up a student's days."""
    files = (entry(1, handed_in_at=hours_late(-1)), entry(2, handed_in_at=hours_late(1)))
    policy = Policy(counts=Counts.BEST, late_days=2, deadlines=LATE.deadlines)

    assert grade_of(*files, policy=policy).days == 0


def adjustment(points: float, *, plan_key: str = "key-1", earned: float | None = 5.0) -> Adjustment:
    """What a human decided about student 1 at ex03."""
    return Adjustment(
        student="1", exercise="ex03", points=points, reason="a slip", by="Eva", made_at=1.0,
        plan_key=plan_key, earned=earned,
    )  # fmt: skip


def test_a_human_has_the_last_word_and_is_told_what_changed() -> None:
    """Grading again leaves the points, and says so when it comes to others than the human had seen."""
    first = grade_of(entry(1, 5.0), adjustments=(adjustment(8.0),))
    same = grade_of(entry(2, 5.0), adjustments=(adjustment(8.0),))
    other = grade_of(entry(2, 7.0), adjustments=(adjustment(8.0),))

    assert (first.final, same.final, other.final) == (8.0, 8.0, 8.0)
    assert (first.overtaken, same.overtaken) == (None, None)
    assert str(other.overtaken).startswith("Eva set 8 points when the grader gave 5; it gives 7 now.")


def test_what_has_no_points_has_no_grade() -> None:
    """Inconclusive and not graded are not zero."""
    assert grade_of(entry(1, None, late=True)).final is None
    assert grade_of(entry(1, document=None)).final is None


TITLES = {("ex03", "loses_none"): Words(en="loses no addition", zh="不丢失任何加法")}


def test_moves_are_told_with_their_reasons() -> None:
    """What stays is not listed; another file, another outcome, a human, somebody new are."""
    rules = Rules(policy=Policy(), order=("ex03",))
    before = [entry(1, 10.0, document=document(10.0, checks=[{"id": "loses_none", "outcome": "passed"}]))]
    after = [
        entry(2, 5.0, digest="file-1", document=document(5.0, checks=[{"id": "loses_none", "outcome": "failed"}])),
        entry(3, 5.0, student="2", name="Ben"),
    ]
    found = moves(decide(before, rules), decide(after, rules), TITLES)

    assert [(one.student, one.before, one.after, [str(why) for why in one.reasons]) for one in found] == [
        ("1", 10.0, 5.0, ["loses no addition: passed, now failed"]),
        ("2", None, 5.0, ["not in the first run"]),
    ]
    assert moves(decide(before, rules), decide(before, rules), TITLES) == ()


def test_many_checks_that_came_out_otherwise_are_counted() -> None:
    """A file that could not be read before: thirteen lines would say no more."""
    rules = Rules(policy=Policy(), order=("ex03",))
    results = [
        [{"id": f"check_{number}", "outcome": outcome} for number in range(5)] for outcome in ("not_run", "passed")
    ]
    before, after = (
        decide([entry(1, points, document=document(points, checks=checks))], rules)
        for points, checks in zip((0.0, 10.0), results, strict=True)
    )

    assert [str(why) for one in moves(before, after, {}) for why in one.reasons] == ["5 of 5 checks came out otherwise"]
