"""Canvas' bulk download: one flat folder; student, mark of lateness and numbers stand in each file's name.

`{sortable name}[_LATE]_{user id}_{attachment id}_{file}`, or `[LATE_]anon_{code}_{attachment id}_{file}` (Canvas,
app/models/submission_zipper). Names of students cannot contain `_digits_`, names of files can: read from the left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from grader.intake.entries import Entry
from grader.intake.layouts.layout import HandIn
from grader.model.exercise import Exercise

NAME = re.compile(
    r"^(?:(?P<early>LATE_)?anon_(?P<anon>[A-Za-z0-9]+)|(?P<who>.*?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?P<attachment>\d+)_(?P<file>.+)$",
    re.IGNORECASE,
)
ANOTHER_TRY = re.compile(r"-\d+(?=\.[^.]+$)")


class Canvas:
    """See above."""

    def fits(self, entries: Sequence[Entry]) -> bool:
        """Every file lies at the top and has such a name."""
        return bool(entries) and all(len(entry.path.parts) == 1 and NAME.match(entry.name) for entry in entries)

    def hand_ins(self, entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[HandIn, ...]:  # noqa: ARG002
        """One per user; of several attachments of one name the last counts: numbers grow."""
        latest: dict[tuple[str, str], tuple[int, Entry]] = {}
        names: dict[str, str] = {}
        late: set[str] = set()
        for entry in entries:
            if (found := NAME.match(entry.name)) is None:
                continue
            user = found["user"] or found["anon"]
            names[user] = found["who"] or user
            if found["late"] or found["early"]:
                late.add(user)
            key = (user, ANOTHER_TRY.sub("", found["file"].lower()))
            number = int(found["attachment"])
            if key not in latest or latest[key][0] < number:
                latest[key] = (number, entry.at(PurePosixPath(found["file"])))
        return tuple(
            HandIn(
                students=(user,),
                name=name,
                entries=tuple(entry for (owner, _), (_, entry) in latest.items() if owner == user),
                late=user in late,
            )
            for user, name in names.items()
        )
