"""JUnit XML as GitLab, Jenkins and others read it (the junit-10.xsd family): a suite per exercise, a case per check.

What was cleaned (`report/sanitise`) has no character that XML 1.0 forbids (its section 2.2).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from grader.model.attempt import Outcome
from grader.model.grade import Grade
from grader.report.github import Graded
from grader.report.sanitise import clean_line
from grader.report.terminal import as_text
from grader.report.view import Row

LONGEST = 16 * 1024
WIDTH = 100
SKIPPED = {Outcome.SKIPPED, Outcome.NOT_RUN, Outcome.INCONCLUSIVE}


def junit(graded: Sequence[Graded]) -> bytes:
    """The document; names of cases are unique, as GitLab drops the second of a name."""
    root = ET.Element("testsuites", name="ipc-grader")
    for one in graded:
        rows = one.view.rows
        suite = ET.SubElement(
            root,
            "testsuite",
            name=f"{one.view.exercise} {one.view.title}",
            tests=str(len(rows)),
            failures=str(sum(_is_failure(row) for row in rows)),
            errors=str(sum(row.outcome is Outcome.ERROR for row in rows)),
            skipped=str(sum(_is_skipped(row) for row in rows)),
        )
        for row in rows:
            _case(suite, one, row)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def class_junit(grades: Iterable[Grade]) -> bytes:
    """The same of a class: a suite per student and exercise, from the attempts as they were kept, in English."""
    root = ET.Element("testsuites", name="ipc-grader")
    for grade in grades:
        entry, student = grade.entry, clean_line(grade.entry.student)
        checks = (entry.document or {}).get("checks", ())
        outcomes = [Outcome(check["outcome"]) for check in checks]
        suite = ET.SubElement(
            root,
            "testsuite",
            name=f"{entry.exercise} {student}",
            tests=str(len(checks)),
            failures=str(sum(outcome.blames_student for outcome in outcomes)),
            errors=str(outcomes.count(Outcome.ERROR)),
            skipped=str(sum(outcome in SKIPPED for outcome in outcomes)),
        )
        for number, check in enumerate(checks, start=1):
            name = f"{student}: {number}. {check['title']}"
            case = ET.SubElement(
                suite,
                "testcase",
                classname=f"{entry.exercise}.{check['id']}",
                name=name,
                time=f"{check['duration_s']:.3f}",
                file=clean_line(entry.origin),
            )
            _outcome(case, Outcome(check["outcome"]), (check["message"] or "")[:LONGEST])
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _outcome(case: ET.Element, outcome: Outcome, message: str) -> None:
    if outcome.blames_student:
        ET.SubElement(case, "failure", message=message, type=outcome.value).text = message
    elif outcome is Outcome.ERROR:
        ET.SubElement(case, "error", message=message, type="error").text = message
    elif outcome in SKIPPED:
        ET.SubElement(case, "skipped", message=message)


def _case(suite: ET.Element, one: Graded, row: Row) -> None:
    name = f"{row.number}. {row.title}"
    case = ET.SubElement(suite, "testcase", classname=str(one.view.exercise), name=name, file=one.path)
    finding = next((found for found in one.view.findings if found.anchor == row.anchor), None)
    message = (finding.sentence if finding else row.reason)[:LONGEST]
    if _is_failure(row):
        failure = ET.SubElement(case, "failure", message=message, type=str(row.outcome))
        failure.text = as_text(one.view, width=WIDTH)[:LONGEST] if finding is one.view.findings[0] else message
    elif row.outcome is Outcome.ERROR:
        ET.SubElement(case, "error", message=message, type="error").text = message
    elif _is_skipped(row):
        ET.SubElement(case, "skipped", message=message)


def _is_failure(row: Row) -> bool:
    """A hidden check has no outcome to show; its points say whether it passed."""
    if row.outcome is None:
        return row.points != row.max_points
    return row.outcome.blames_student


def _is_skipped(row: Row) -> bool:
    return row.outcome in SKIPPED
