"""Moodle's "download all submissions": a folder (or a file) per student, named after the person and a participant id.

The number is the participant's in one activity of Moodle, not the user's: the grading worksheet's `Participant N`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.intake.entries import Entry
from grader.intake.layouts.layout import HandIn
from grader.model.exercise import Exercise

NAME = re.compile(
    r"^(?P<who>.+?)(?:_(?P<participant>\d+))?_assignsubmission_(?P<plugin>file|onlinetext)_?(?P<rest>.*)$"
)


class Moodle:
    """See above."""

    def fits(self, entries: Sequence[Entry]) -> bool:
        """Everything at the top has such a name."""
        return bool(entries) and all(NAME.match(entry.path.parts[0]) for entry in entries)

    def hand_ins(self, entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[HandIn, ...]:  # noqa: ARG002
        """One per participant, with the files of both plugins."""
        files: dict[str, list[Entry]] = {}
        names: dict[str, str] = {}
        for entry in entries:
            if (found := NAME.match(entry.path.parts[0])) is None:
                continue
            who = found["who"].replace("_", " ").strip()
            student = found["participant"] or who
            names[student] = who
            inner = entry.path.parts[1:] or (found["rest"] or entry.name,)
            files.setdefault(student, []).append(entry.at(PurePosixPath(*inner)))
        return tuple(
            HandIn(students=(student,), name=names[student], entries=tuple(found)) for student, found in files.items()
        )
