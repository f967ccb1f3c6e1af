"""A folder of clones, as `gh classroom clone` makes it: `<classroom>-<exercise>-<login>`."""

from __future__ import annotations

import os.path
import re
from collections.abc import Sequence

from grader.intake.entries import Entry, by_folder
from grader.intake.layouts.layout import HandIn
from grader.model.exercise import Exercise

EXERCISE = re.compile(r"^.*?ex\d\d[a-z0-9_]*-", re.IGNORECASE)


class Git:
    """See above. Only files are read, never git's own."""

    def fits(self, entries: Sequence[Entry]) -> bool:
        """Never by the files alone: `.git` is left out of them; the inbox looks for it."""
        return not entries

    def hand_ins(self, entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[HandIn, ...]:  # noqa: ARG002
        """One per clone; the login is what comes after what all names share."""
        folders = by_folder(entries)
        common = os.path.commonprefix([*folders])  # noqa: RUF071  (names, not paths)
        shared = common.rpartition("-") if len(folders) > 1 else ("", "", "")
        prefix = shared[0] + shared[1]
        found = []
        for folder, inner in folders.items():
            login = folder[len(prefix) :] if prefix else EXERCISE.sub("", folder)
            found.append(HandIn(students=(login,), name=login, entries=inner))
        return tuple(found)
