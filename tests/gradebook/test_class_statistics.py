"""Numbers over a class say what they claim: how hard, how telling, how common, how steady."""

from __future__ import annotations

from typing import Any

from grader.gradebook.class_statistics import difficulties, distributions, flaky, mistakes
from grader.model.grade import Grade
from tests.gradebook.test_policy import entry
from tests.grading.samples import exercise


def graded(student: int, first: str, second: str, *codes: tuple[str, int]) -> Grade:
    """A grade for ex90 with these outcomes of its two checks, and diagnoses with their lines."""
    checks = [
        {"id": "first", "outcome": first, "points": 4.0 if first == "passed" else 0.0, "diagnoses": []},
        {"id": "second", "outcome": second, "points": 6.0 if second == "passed" else 0.0, "diagnoses": []},
    ]
    checks[1]["diagnoses"] = [{"code": code, "title": code.title(), "sites": [{"line": line}]} for code, line in codes]
    points = sum(float(str(check["points"])) for check in checks)
    document: dict[str, Any] = {"points": points, "max_points": 10.0, "verdict": "partial", "checks": checks}
    made = entry(student, student=str(student), exercise="ex90", document=document)
    return Grade(entry=made, final=points)


def test_a_check_that_strong_students_fail_tells_nothing() -> None:
    """The hardest comes first; what was not decided does not count; few students are no correlation."""
    good = [graded(number, "passed", "passed") for number in range(6)]
    weak = [graded(number, "failed", "failed") for number in range(6, 12)]
    odd = [graded(12, "passed", "skipped")]
    found = difficulties([*good, *weak, *odd], [exercise()])
    second, first = found

    assert [(one.check, one.passed, one.decided) for one in found] == [("second", 6, 12), ("first", 7, 13)]
    assert second.discrimination is not None
    assert second.discrimination > 0.9
    assert first.discrimination is not None
    assert difficulties(good[:3], [exercise()])[0].discrimination is None


def test_mistakes_are_counted_by_student() -> None:
    """Twice in one file is once; the example is the file that shows it nearest to its top."""
    grades = [
        graded(1, "passed", "failed", ("lost-update", 9), ("lost-update", 12)),
        graded(2, "passed", "failed", ("lost-update", 3)),
        graded(3, "passed", "failed", ("lock-order", 3)),
    ]
    lost, order = mistakes(grades)

    assert (lost.code, lost.students, lost.example, lost.lines) == ("lost-update", ("1", "2"), "file-2", (3,))
    assert (order.code, order.seen) == ("lock-order", (("3", "ex90"),))


def test_distribution_counts_what_has_a_grade() -> None:
    """Points are rounded down into their bin, so that only full points are full."""
    grades = [
        graded(1, "passed", "passed"),
        graded(2, "passed", "failed"),
        Grade(entry=entry(3, None, exercise="ex90")),
    ]
    (found,) = distributions(grades, ["ex90", "ex91"])

    assert (found.bins[4], found.bins[10], sum(found.bins)) == (1, 1, 2)
    assert (found.mean, found.median) == (7.0, 7.0)


def test_flaky_is_what_had_two_outcomes() -> None:
    """By check, with how often each."""
    steady, shaky = graded(1, "passed", "passed"), graded(2, "passed", "passed")
    other = graded(2, "passed", "failed").entry.document
    assert steady.entry.document is not None
    assert shaky.entry.document is not None
    assert other is not None
    repeats = {"key-1": [steady.entry.document] * 3, "key-2": [shaky.entry.document, other, shaky.entry.document]}
    (found,) = flaky([steady, shaky], repeats)

    assert (found.student, found.times, found.outcomes) == ("2", 3, (("second", (("passed", 2), ("failed", 1))),))
