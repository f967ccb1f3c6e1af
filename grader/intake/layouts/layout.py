"""What a layout knows: whose files are whose, in the form in which one system hands out a class's submissions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from grader.intake.entries import Entry
from grader.model.exercise import Exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What one student, or one group, handed in.

    `students` are the stable ids of the source, never names: names repeat. `name` is for people. `handed_in_at` is in
    seconds since the epoch.
    """

    students: tuple[str, ...]
    name: str
    entries: tuple[Entry, ...]
    late: bool = False
    handed_in_at: float | None = None


class Layout(Protocol):
    """One way in which submissions of a class lie in a folder."""

    def fits(self, entries: Sequence[Entry]) -> bool:
        """Whether the files lie in this way."""
        ...

    def hand_ins(self, entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[HandIn, ...]:
        """What each student handed in; raises UsageError if the files cannot be understood."""
        ...
