"""Which of the files that a student handed in is the one for an exercise; what is ambiguous is never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.intake.archive import is_other_archive
from grader.intake.entries import Entry
from grader.model.exercise import Exercise
from grader.model.message import Message, say, several

# What browsers, systems and people add to a name: `ex03 (1).py`, `ex03-2.py`, `ex03_final.py`, `ex03 copy.py`.
DECORATIONS = re.compile(r"([ _-]*(\(\d+\)|copy|final|new|副本|最终版?|[-_]\d{1,2}))+$", re.IGNORECASE)
EXERCISE = re.compile(r"(?<![a-z0-9])ex[ _-]?0*(\d{1,2})(?!\d)")
BY_MISTAKE = {
    ".ipynb": ("a notebook", "笔记本"),
    ".txt": ("a text file", "文本文件"),
    ".doc": ("a document", "文档"),
    ".docx": ("a document", "文档"),
    ".pdf": ("a document", "文档"),
    ".html": ("a web page", "网页"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """There is no one file for the exercise; `message` says why. `absent`: nothing there looks like it at all."""

    message: Message
    absent: bool = False


def choose(exercise: Exercise, entries: Sequence[Entry], *, only_one_asked: bool) -> Entry | Unclear:
    """The student's file for the exercise.

    First that finds something: the exact name; the name in other letters; the name with a decoration, or the folder's
    name; where only one exercise is asked for, the only Python file there is, unless another exercise's name is on it.
    """
    python = [entry for entry in entries if entry.name.lower().endswith(".py")]
    wanted = exercise.file_name
    for found in (
        [entry for entry in python if entry.name == wanted],
        [entry for entry in python if entry.name.lower() == wanted],
        [entry for entry in python if _stem(entry) in _stems(exercise)],
        python if only_one_asked and len(python) == 1 and not _is_for_another(python[0], exercise) else [],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            return _nearest(found, wanted)
    return _nothing(exercise, entries, only_one_asked=only_one_asked)


def _nearest(found: list[Entry], wanted: str) -> Entry | Unclear:
    """The one that lies above all others, if there is one."""
    depths = sorted(len(entry.path.parts) for entry in found)
    if depths[0] < depths[1]:
        return min(found, key=lambda entry: len(entry.path.parts))
    names = several("names", [entry.origin for entry in found[:4]])
    return Unclear(message=say("there are several files for {file}: {names}", file=wanted, **names))


def _nothing(exercise: Exercise, entries: Sequence[Entry], *, only_one_asked: bool) -> Unclear:
    for entry in entries:
        stem, dot, ending = entry.name.lower().rpartition(".")
        only_one = only_one_asked and len(entries) == 1 and not _is_for_another(entry, exercise)
        about_it = only_one or DECORATIONS.sub("", stem) in _stems(exercise)
        if about_it and f"{dot}{ending}" in BY_MISTAKE:
            what, zh = BY_MISTAKE[f"{dot}{ending}"]
            return Unclear(message=say("{name} is {what}, not a Python file", name=entry.origin, what=what, what_zh=zh))
        if about_it and is_other_archive(entry.name):
            return Unclear(message=say("{name} is an archive that is not opened", name=entry.origin))
    if not entries:
        return Unclear(message=say("there is no {file}, and nothing else", file=exercise.file_name), absent=True)
    names = several("names", [entry.origin for entry in entries[:4]])
    return Unclear(message=say("there is no {file}; there is: {names}", file=exercise.file_name, **names), absent=True)


def _is_for_another(entry: Entry, exercise: Exercise) -> bool:
    """Whether its name begins like another exercise's, and nothing in it speaks of this one."""
    named = EXERCISE.findall(entry.name.lower())
    return bool(named) and int(exercise.id.removeprefix("ex")) not in map(int, named)


def _stem(entry: Entry) -> str:
    return DECORATIONS.sub("", entry.name[: -len(".py")].lower())


def _stems(exercise: Exercise) -> set[str]:
    number = exercise.id.removeprefix("ex")
    return {exercise.id, exercise.slug.lower(), f"ex{int(number)}", f"ex_{number}", f"ex-{number}", f"ex {number}"}
