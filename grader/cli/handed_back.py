"""What a run of `grade batch` leaves in its folder: a page for each student and exercise, a table of the grades."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.gradebook.store import FULL, MAKE_ROOM, Store
from grader.grading.batch import Graded, kept_attempt
from grader.intake.decode import as_text
from grader.model.attempt import Attempt
from grader.model.exercise import Exercise
from grader.model.grade import Grade
from grader.model.message import say
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.report.grades_csv import grades_csv
from grader.report.view import for_student

STUDENTS, TABLE = "students", "grades.csv"
HEAD = 1024  # bytes of a page in which its attempt is named
KEPT = " @+,._-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where and how the reports of a class are written."""

    out: Path
    names: Mapping[str, str]
    language: str

    def write(self, graded: Graded) -> None:
        """The report of each student whose attempt this is; raises UsageError if the disk does not take it."""
        if not isinstance(graded.attempt, Attempt) or graded.repeat:
            return
        for submission in graded.submissions:
            for student in submission.students:
                self._write(submission, student, graded.exercise, graded.attempt)

    def catch_up(self, planned: Iterable[tuple[Submission, Plan]], store: Store) -> None:
        """Write what is not there, or is of another attempt than the one in the gradebook.

        So it is where the same file was graded before, as another student's or in a run that was cut off.
        """
        for submission, plan in planned:
            kept = store.attempt(plan.key)
            due = [one for one in submission.students if kept and not self._shows(one, plan, str(kept["id"]))]
            if due and (attempt := kept_attempt(store, plan.key)):
                for student in due:
                    self._write(submission, student, plan.exercise, attempt)

    def _shows(self, student: str, plan: Plan, attempt: str) -> bool:
        try:
            with page_of(self.out, student, plan.exercise.id).open("rb") as page:
                return attempt.encode() in page.read(HEAD)
        except OSError:
            return False

    def _write(self, submission: Submission, student: str, exercise: Exercise, attempt: Attempt) -> None:
        from grader.diagnosis.catalogue import page as explain
        from grader.report.student_page import render

        named = dataclasses.replace(attempt, student=self.names.get(student, student))
        view = for_student(named, exercise, as_text(submission.source), self.language)
        write_whole(page_of(self.out, student, exercise.id), render(view, explain=explain).encode())


def page_of(out: Path, student: str, exercise: str) -> Path:
    """Where a student's report lies; no two ids share a folder, whatever characters are in them."""
    folder = "".join(one if one.isalnum() or one in KEPT else f"%{ord(one):02X}" for one in student)
    return out / STUDENTS / (f"%2E{folder[1:]}" if folder.startswith(".") else folder) / f"{exercise}.html"


def write_table(grades: Iterable[Grade], path: Path) -> Path:
    """`grades.csv`."""
    write_whole(path, table_of(grades))
    return path


def table_of(grades: Iterable[Grade]) -> bytes:
    """The same as bytes."""
    return grades_csv(_row(grade) for grade in grades)


def write_whole(path: Path, content: bytes) -> None:
    """What is there is whole: it is written under another name first."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise UsageError(
            say("the results cannot be written to {folder}: {reason}", folder=str(path.parent), reason=str(error)),
            hint=MAKE_ROOM if error.errno in FULL else say("name another folder with --out DIR"),
        ) from error


def _row(grade: Grade) -> dict[str, Any]:
    entry, made = grade.entry, grade.adjustment
    document = entry.document or {}
    codes = [one["code"] for check in document.get("checks", ()) for one in check["diagnoses"]]
    return {
        "student_id": grade.student,
        "name": entry.name,
        "exercise": grade.exercise,
        "verdict": document.get("verdict", "not_graded"),
        "points": document.get("points"),
        "max_points": document.get("max_points"),
        "late": "late" if entry.late or grade.days else None,
        "handed_in_at": _moment(entry.handed_in_at),
        "late_days": grade.days or None,
        "charged_days": grade.charged or None,
        "penalty": grade.penalty or None,
        "adjusted": made.points if made else None,
        "adjusted_by": made.by if made else None,
        "reason": made.reason if made else None,
        "final": grade.final,
        "attention": str(grade.overtaken) if grade.overtaken else None,
        "diagnoses": " ".join(dict.fromkeys(codes)),
        "isolation": document.get("isolation", {}).get("level"),
        "grader": document.get("versions", {}).get("grader"),
        "attempt": entry.plan_key,
        "file": entry.origin,
    }


def _moment(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds")
