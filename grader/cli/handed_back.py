"""What a run of `grade batch` leaves in its folder: a page for each student and exercise, a table of the grades."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.cli.book import Book
from grader.cli.choose import all_exercises
from grader.cli.options import Settings
from grader.errors import UsageError
from grader.gradebook.store import FULL, MAKE_ROOM, Store
from grader.grading.batch import Graded, kept_attempt
from grader.intake.decode import as_text
from grader.model.attempt import Attempt
from grader.model.exercise import Exercise
from grader.model.grade import Entry, Grade, NeedsHuman
from grader.model.message import Message, say
from grader.model.submission import Submission
from grader.report.grades_csv import grades_csv
from grader.report.sanitise import clean_line
from grader.report.view import View, for_student
from grader.report.wording import points_text
from grader.texts import why

STUDENTS, TABLE = "students", "grades.csv"
NOTHING, UNCLEAR = "nothing_handed_in", "needs_human"  # in the place of a verdict where no file counts
HEAD = 1024  # bytes of a page in which it is named what it tells of
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

    def _write(self, submission: Submission, student: str, exercise: Exercise, attempt: Attempt) -> None:
        named = dataclasses.replace(attempt, student=self.names.get(student, student))
        view = for_student(named, exercise, as_text(submission.source), self.language)
        _draw(view, page_of(self.out, student, exercise.id))


def bring_up_to_date(book: Book, store: Store, settings: Settings, *, only: tuple[str, str] | None = None) -> None:
    """Write each page (or that of `only`: student, exercise) that is missing, or tells of another attempt or grade.

    So it is where the same file was graded before, as another student's or in a run that was cut off, and where a
    human has set the points since. A state of the past has no pages.
    """
    if not book.newest:
        return
    exercises = {one.id: one for one in all_exercises(settings)}
    last = {(one.student, one.exercise): one for one in book.entries}
    for grade in book.grades:
        place = grade.student, grade.exercise
        if only not in {None, place} or grade.exercise not in exercises or place not in last:
            continue
        entry = last[place]
        notes = tuple(notes_on(grade, entry))
        path = page_of(book.folder, *place)
        stamp = _stamp(str(entry.document["id"]), notes) if entry.document else ""
        if stamp and not _shows(path, stamp) and (attempt := kept_attempt(store, entry.plan_key)):
            told = dataclasses.replace(attempt, student=entry.name, notes=(*attempt.notes, *notes))
            source = as_text(store.source(entry.digest) or b"")
            view = for_student(told, exercises[grade.exercise], source, settings.language)
            _draw(dataclasses.replace(view, attempt=clean_line(stamp)), path)


def notes_on(grade: Grade, entry: Entry) -> Iterator[Message]:
    """What a student has to know about the grade besides the attempt at `entry`, the file handed in last."""
    made, final = grade.adjustment, points_text(grade.final)
    if made is not None:
        yield say(
            "What counts is {points} points, set by hand by {by}: {reason}",
            points=final,
            by=made.by,
            reason=made.reason,
        )
        return
    if grade.entry.digest != entry.digest:
        yield say("Another file that you handed in counts, with {points} points.", points=final)
    if grade.penalty:
        yield say(
            "Days late: {days}. {penalty} points are taken off, so {points} points count.",
            days=grade.days,
            penalty=points_text(grade.penalty),
            points=final,
        )


def _stamp(attempt: str, notes: Sequence[Message]) -> str:
    """What names all that a page tells, in its head."""
    if not notes:
        return attempt
    return f"{attempt} {hashlib.sha256(''.join(map(str, notes)).encode('utf-8', 'replace')).hexdigest()[:16]}"


def _shows(path: Path, stamp: str) -> bool:
    try:
        with path.open("rb") as page:
            return f'content="{stamp}"'.encode() in page.read(HEAD)
    except OSError:
        return False


def _draw(view: View, path: Path) -> None:
    from grader.diagnosis.catalogue import page as explain
    from grader.report.student_page import render

    write_whole(path, render(view, explain=explain).encode())


def page_of(out: Path, student: str, exercise: str) -> Path:
    """Where a student's report lies; no two ids share a folder, whatever characters are in them."""
    folder = "".join(one if one.isalnum() or one in KEPT else f"%{ord(one):02X}" for one in student)
    return out / STUDENTS / (f"%2E{folder[1:]}" if folder.startswith(".") else folder) / f"{exercise}.html"


def write_table(book: Book) -> Path:
    """`grades.csv`, beside the gradebook."""
    path = book.beside(TABLE)
    write_whole(path, table_of(book, book.exercises))
    return path


def table_of(book: Book, exercises: Collection[str]) -> bytes:
    """The same of these exercises, as bytes; what has no grade is told after the grades."""
    most = {one.exercise: one.entry.document["max_points"] for one in book.grades if one.entry.document}
    shown = [one for one in (*book.grades, *book.gaps) if one.exercise in exercises]
    needs: dict[str, list[NeedsHuman]] = {}
    for one in book.needs_human:
        needs.setdefault(one.student, []).append(one)
    return grades_csv(_row(grade, most) | _attention(grade, needs.get(grade.student, ())) for grade in shown)


def _attention(grade: Grade, needs: Sequence[NeedsHuman]) -> dict[str, str | None]:
    """All that a human has to look at there, of what there is about the student; English."""
    mine = [str(one.message) for one in needs if one.exercise in {None, grade.exercise}]
    return {"attention": "; ".join(mine) or None}


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
            say("the results cannot be written to {folder}: {reason}", folder=str(path.parent), **why(error)),
            hint=MAKE_ROOM if error.errno in FULL else say("name another folder with --out DIR"),
        ) from error


def _row(grade: Grade, most: Mapping[str, float]) -> dict[str, Any]:
    entry, made = grade.entry, grade.adjustment
    document = entry.document or {}
    codes = [one["code"] for check in document.get("checks", ()) for one in check["diagnoses"]]
    return {
        "student_id": grade.student,
        "name": entry.name,
        "exercise": grade.exercise,
        "verdict": document.get("verdict", "not_graded" if entry.is_file else UNCLEAR if grade.unclear else NOTHING),
        "points": document.get("points"),
        "max_points": document.get("max_points", most.get(grade.exercise)),
        "late": "late" if entry.late or grade.days else None,
        "handed_in_at": _moment(entry.handed_in_at),
        "late_days": grade.days or None,
        "charged_days": grade.charged or None,
        "penalty": grade.penalty or None,
        "adjusted": made.points if made else None,
        "adjusted_by": made.by if made else None,
        "reason": made.reason if made else None,
        "final": grade.final,
        "diagnoses": " ".join(dict.fromkeys(codes)),
        "isolation": document.get("isolation", {}).get("level"),
        "grader": document.get("versions", {}).get("grader"),
        "attempt": entry.plan_key or None,
        "file": entry.origin or None,
    }


def _moment(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds")
