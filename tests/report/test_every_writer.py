"""What a student wrote reaches no reader raw, whichever writer draws it."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.model.grade import Entry, Grade
from grader.report.attempt_json import Audience, document
from grader.report.github import Graded, commands, marks, summary
from grader.report.grades_csv import grades_csv
from grader.report.grades_jsonl import grade_document
from grader.report.junit import class_junit, junit
from grader.report.platforms import classroom50, code_quality
from grader.report.sanitise import clean_line
from grader.report.student_page import render
from grader.report.terminal import as_text
from grader.report.trace_json import trace
from grader.report.view import for_student
from tests.report.samples import EXERCISE, HOSTILE, HOSTILE_TEXT, SAMPLES

# Escapes for terminals, C0 and C1, what reorders or hides text, halves of characters: never in a text for people.
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST = 1024 * 1024  # bytes of one output, whatever a student prints
ATTEMPT, SOURCE = SAMPLES["hostile"]
LANGUAGES = ("en", "zh")
PATH = HOSTILE_TEXT + "/ex03.py"


def graded(language: str) -> list[Graded]:
    """The hostile attempt as a pull request brings it."""
    return [Graded(view=for_student(ATTEMPT, EXERCISE, SOURCE, language), path=clean_line(PATH))]


def strings(value: object) -> Iterator[str]:
    """Every text in a document."""
    match value:
        case str():
            yield value
        case dict():
            for key, below in value.items():
                yield from (*strings(key), *strings(below))
        case list() | tuple():
            for below in value:
                yield from strings(below)


def as_document(value: object) -> str:
    """The texts of a JSON document, after it went through a file."""
    return "\n".join(strings(json.loads(json.dumps(value))))


def as_cases(language: str) -> str:
    """The texts of the JUnit document, as a parser gives them; that it parses is part of the promise."""
    root = ET.fromstring(junit(graded(language)))  # noqa: S314  our own document
    return "\n".join(text for node in root.iter() for text in (*node.attrib.values(), node.text or ""))


def as_grades(_language: str) -> str:
    """A row of the table of grades in which every field is hostile."""
    written = grades_csv([{"student": HOSTILE_TEXT, "exercise": HOSTILE_TEXT, "points": 1, "file": PATH}])
    return written.decode("utf-8").replace("\r\n", "\n")  # RFC 4180 ends lines so


def as_trace(_language: str) -> str:
    """The schedule for a viewer of traces."""
    assert HOSTILE.witness is not None
    return as_document(trace(HOSTILE.witness))


def grade(student: str = "0042") -> Grade:
    """The hostile attempt in a gradebook, handed in under a hostile name."""
    entry = Entry(
        number=1, run=1, student=student, name=HOSTILE_TEXT, exercise="ex03", origin=PATH, handed_in_at=None,
        late=False, plan_key="k", digest="d", document=document(ATTEMPT, EXERCISE, audience=Audience.INSTRUCTOR),
    )  # fmt: skip
    return Grade(entry=entry, final=7.0)


def as_class_cases(_language: str) -> str:
    """The texts of a class's JUnit document."""
    root = ET.fromstring(class_junit([grade(HOSTILE_TEXT)]))  # noqa: S314  our own document
    return "\n".join(text for node in root.iter() for text in (*node.attrib.values(), node.text or ""))


WRITERS: dict[str, Callable[[str], str]] = {
    "terminal": lambda language: as_text(for_student(ATTEMPT, EXERCISE, SOURCE, language), width=100),
    "page": lambda language: render(for_student(ATTEMPT, EXERCISE, SOURCE, language)),
    "annotations": lambda language: "\n".join(commands(marks(graded(language)), language)),
    "summary": lambda language: summary(graded(language), (), language),
    "code_quality": lambda language: as_document(code_quality(marks(graded(language)))),
    "classroom50": lambda language: as_document(classroom50(graded(language), {}, dt.datetime.now(dt.UTC))),
    "attempt.json": lambda _language: as_document(document(ATTEMPT, EXERCISE)),
    "attempt.json for instructors": lambda _language: as_document(
        document(ATTEMPT, EXERCISE, audience=Audience.INSTRUCTOR)
    ),
    "trace": as_trace,
    "junit": as_cases,
    "grades.csv": as_grades,
    "grades.jsonl": lambda _language: as_document(grade_document(grade())),
    "junit of a class": as_class_cases,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITERS)
def test_no_writer_passes_on_what_hides_or_commands(name: str, language: str) -> None:
    """No escape, no control, nothing that reorders: such a character is shown by its number or dropped."""
    written = WRITERS[name](language)

    assert written.strip()
    found = RAW.search(written)
    assert found is None, f"{found[0]!r} in {written[max(0, found.start() - 60) : found.end() + 20]!r}"
    assert len(written.encode()) < LONGEST


@pytest.mark.parametrize("name", ["annotations", "summary"])
def test_no_line_of_a_student_is_a_workflow_command(name: str) -> None:
    """A line that begins with `::` is one of ours."""
    lines = WRITERS[name]("en").splitlines()

    assert all(line.startswith("::error ") for line in lines if line.startswith("::"))


def test_every_writer_is_tried() -> None:
    """Whatever in `grader/report` writes a document is in the table above."""
    here = Path(__file__).read_text(encoding="utf-8")
    room = Path(__file__).parents[2] / "grader" / "report"
    public = re.compile(
        r"^def ((?:[a-z]\w*_)?(?:csv|json|text|page|junit|trace|render|document|summary|commands))\(", re.MULTILINE
    )
    elsewhere = {"error_document", "points_text", "no_page"}
    names = {name for path in room.glob("*.py") for name in public.findall(path.read_text(encoding="utf-8"))}

    assert {name for name in names - elsewhere if not re.search(rf"\b{name}\b", here)} == set()
