"""Folders and files named after students, with or without a folder for each exercise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.intake.choose import DECORATIONS
from grader.intake.entries import Entry, by_folder, peeled, top_names
from grader.intake.layouts.layout import HandIn
from grader.model.exercise import Exercise

ENDING = re.compile(r"(\.tar)?\.[A-Za-z0-9]{1,5}$")


class Plain:
    """`ann/ex03.py`, `ann.py`, `2023010042_张伟_ex03.zip`, `ex03_lock/ann.py`."""

    def fits(self, entries: Sequence[Entry]) -> bool:
        """Always: it is what is left when nothing else fits."""
        return bool(entries)

    def hand_ins(self, entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[HandIn, ...]:
        """One per student, with all that lies under the student's name."""
        entries = _unwrapped(entries, exercises)
        files: dict[str, list[Entry]] = {}
        for student, entry in _owned(entries, exercises):
            files.setdefault(unicodedata.normalize("NFC", student), []).append(entry)
        return tuple(HandIn(students=(name,), name=name, entries=tuple(found)) for name, found in files.items())


def _unwrapped(entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[Entry, ...]:
    """Without a folder around the whole class: one in which there are only folders. A student's has files in it."""
    inner = peeled(entries, at_most=1)
    only_folders = all(len(entry.path.parts) > 1 for entry in inner)
    return inner if only_folders and not _is_exercise(top_names(entries)[0], exercises) else entries


def _owned(entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> list[tuple[str, Entry]]:
    found = []
    folders = by_folder(entries)
    files = {entry.path.parts[0]: entry for entry in reversed(entries) if len(entry.path.parts) == 1}
    for top in top_names(entries):
        here = folders.get(top, ())
        exercise = _exercise_of(top, exercises)
        if not here:  # a file
            found.append(_file(files[top], exercise))
        elif exercise and _is_exercise(top, [exercise]):  # a folder of one exercise: students are in it
            found += [_file(one, exercise) for one in here if len(one.path.parts) == 1]
            found += [(student, one) for student, inner in by_folder(here).items() for one in inner]
        else:
            found += [(_student(top, exercise), one) for one in here]
    return found


def _file(entry: Entry, exercise: Exercise | None) -> tuple[str, Entry]:
    """Whose the file is; what is named after its student gets the name that the exercise wants."""
    stem = ENDING.sub("", entry.name)
    is_python = entry.name.lower().endswith(".py")
    named = entry.at(PurePosixPath(exercise.file_name)) if exercise and is_python else entry
    return _student(stem, exercise), named


def _student(name: str, exercise: Exercise | None) -> str:
    """The name without the exercise and without what browsers add."""
    bare = DECORATIONS.sub("", name)
    if exercise is not None:
        bare = re.sub(rf"[ _-]*({re.escape(exercise.slug)}|{exercise.id})[ _-]*", "_", bare, flags=re.IGNORECASE)
    return bare.strip(" _-") or name


def _exercise_of(name: str, exercises: Sequence[Exercise]) -> Exercise | None:
    lower = name.lower()
    return next((one for one in exercises if re.search(rf"(?<![a-z0-9]){one.id}(?!\d)", lower)), None)


def _is_exercise(name: str, exercises: Sequence[Exercise]) -> bool:
    return any(name.lower() in {exercise.id, exercise.slug.lower()} for exercise in exercises)
