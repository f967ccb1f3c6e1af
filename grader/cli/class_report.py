"""The page about a class, from its gradebook to a file beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from grader.cli.book import Book
from grader.cli.choose import all_exercises, root_of
from grader.cli.handed_back import page_of, write_whole
from grader.cli.options import Settings
from grader.course.read import read_course
from grader.course.texts import read_stub
from grader.gradebook.class_statistics import difficulties, distributions, flaky, mistakes
from grader.gradebook.store import Store
from grader.intake.alike import File, alike
from grader.intake.decode import as_text
from grader.model.class_facts import Alike
from grader.model.exercise import Exercise
from grader.model.grade import Grade
from grader.model.message import Words

PAGE, NAMELESS_PAGE = "class.html", "class.anonymous.html"


def write_class_page(
    book: Book, store: Store, settings: Settings, *, anonymise: bool = False, similarity: bool = False
) -> Path:
    """Write the page; raises UsageError if the disk does not take it."""
    from grader.diagnosis.catalogue import codes
    from grader.diagnosis.catalogue import page as explain
    from grader.report.class_page import render_class
    from grader.report.class_parts import Known
    from grader.report.class_view import class_view

    exercises = all_exercises(settings)
    title = read_course(root_of(settings)).title
    pages = {path: path.is_file() for path in _pages(book)}
    known = Known(
        title=Words(en=title.en, zh=title.zh),
        exercises=exercises,
        entries=book.entries,
        grades=book.grades,
        gaps=book.gaps,
        needs_human=book.needs_human,
        difficulties=difficulties(book.grades, exercises),
        mistakes=mistakes(book.grades),
        distributions=distributions(book.grades, _ids(book.grades, exercises)),
        flaky=flaky(book.grades, book.repeats),
        repeated=bool(book.repeats),
        alike=_alike(book.grades, exercises, store) if similarity else None,
        runs=book.runs,
        policy=book.policy,
        link=lambda student, exercise: _link(book, student, exercise, pages),
        source=lambda digest: as_text(store.source(digest) or b""),
        explain=lambda code, language: explain(code, language) if code in codes() else "",
        pseudonyms=store.pseudonyms() if anonymise else None,
        people=book.names,
        silent=len(book.silent),
        timeless=book.timeless,
    )
    path = book.beside(NAMELESS_PAGE if anonymise else PAGE)
    write_whole(path, render_class(class_view(known, settings.language)).encode())
    return path


def _ids(grades: Sequence[Grade], exercises: Sequence[Exercise]) -> list[str]:
    """In teaching order; what is no longer in the course comes last."""
    known = [exercise.id for exercise in exercises]
    return [*known, *sorted({grade.exercise for grade in grades} - {*known})]


def _pages(book: Book) -> list[Path]:
    return [page_of(book.folder, entry.student, entry.exercise) for entry in book.entries]


def _link(book: Book, student: str, exercise: str, pages: dict[Path, bool]) -> str:
    """The student's own report, from where the page lies; "" if there is none."""
    path = page_of(book.folder, student, exercise)
    return quote(path.relative_to(book.folder).as_posix()) if pages.get(path) else ""


def _alike(grades: Sequence[Grade], exercises: Sequence[Exercise], store: Store) -> tuple[Alike, ...]:
    found: list[Alike] = []
    for exercise in exercises:
        owners: dict[tuple[str, str], list[str]] = {}  # a group shares its file; the same bytes elsewhere are alike
        for grade in grades:
            if grade.exercise == exercise.id:
                owners.setdefault((grade.entry.digest, grade.entry.origin), []).append(grade.student)
        files = [File(students=(*mine,), source=store.source(digest) or b"") for (digest, _), mine in owners.items()]
        found += alike(exercise.id, files, read_stub(exercise.folder))
    return tuple(sorted(found, key=lambda one: (-one.share, -one.common)))
