"""What is written and shown of one attempt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from grader.model.attempt import Attempt
from grader.model.exercise import Exercise
from grader.report.attempt_json import document
from grader.report.view import View, for_student

ATTEMPT, PAGE, PYTEST = "attempt.json", "report.html", "pytest.json"


def prepare() -> None:
    """Import and compile what a page needs: while the processes of an attempt wait for each other, not after it."""
    from grader.diagnosis import engine  # noqa: F401
    from grader.report.excerpt import coloured
    from grader.report.student_page import prepare as prepare_page

    coloured("")
    prepare_page()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """An attempt in the forms a student gets it in; `source` is the text of the file that was graded."""

    attempt: Attempt
    exercise: Exercise
    source: str
    language: str

    def json(self) -> str:
        """`attempt.json`: ASCII, so that no console and no editor can spoil it."""
        return json.dumps(document(self.attempt, self.exercise), indent=2)

    def write(self, folder: Path, *, page: bool) -> None:
        """Write attempt.json, and report.html if it is wanted."""
        (folder / ATTEMPT).write_text(self.json() + "\n", encoding="ascii")
        if page:
            from grader.diagnosis.catalogue import page as page_of
            from grader.report.student_page import render

            (folder / PAGE).write_text(render(self.view(), explain=page_of), encoding="utf-8")

    def view(self, *, watched: bool = False) -> View:
        """What the student may see, in the student's language; `watched`: at the keys of `grade watch`."""
        return for_student(self.attempt, self.exercise, self.source, self.language, watched=watched)
