"""Everything about a course that can be said without running it."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.authoring.complaint import Complaint
from grader.authoring.lint_code import lint_code
from grader.authoring.lint_texts import DECLARATION, lint_texts
from grader.course.read import read_course, read_exercise
from grader.errors import CourseError
from grader.model.message import say

COURSE = "course.toml"


def lint_course(root: Path) -> Iterator[Complaint]:
    """What is wrong with the list of exercises."""
    try:
        listed = read_course(root).exercises
    except CourseError as error:
        yield _complaint(root / COURSE, error)
        return
    for path in sorted(root.glob(f"*/{DECLARATION}")):
        if path.parent.name not in listed:
            yield Complaint(
                file=root / COURSE,
                place="exercises",
                what=say("does not name {folder}", folder=path.parent.name),
                way_out=say("put it where it is taught, or move the folder out of the course"),
            )
    ids = collections.Counter(name.partition("_")[0] for name in listed)
    for name in (name for name, count in ids.items() if count > 1):
        yield Complaint(
            file=root / COURSE,
            place="exercises",
            what=say("has two exercises {name}", name=name),
            way_out=say("give one of them another number: students name it so"),
        )


def lint_exercises(root: Path, folders: Iterable[Path]) -> Iterator[Complaint]:
    """What is wrong with the exercises in these folders."""
    languages = read_course(root).languages
    for folder in folders:
        try:
            exercise = read_exercise(folder)
        except CourseError as error:
            yield _complaint(folder / DECLARATION, error)
            continue
        yield from lint_texts(exercise, languages)
        yield from lint_code(exercise, languages)


def _complaint(path: Path, error: CourseError) -> Complaint:
    """The error says the file, too; here that stands before it."""
    text = str(error).removeprefix(str(path)).lstrip(": ")
    return Complaint(
        file=path, what=say("{complaint}", complaint=text), way_out=say("{hint}", hint=str(error.hint) or "mend it")
    )
