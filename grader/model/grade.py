"""What is remembered of a class, and what comes of it: runs, entries, adjustments by a human, grades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from grader.model.attempt import Verdict
from grader.model.message import Message

Document = dict[str, Any]


class Counts(StrEnum):
    """Which of several files that a student handed in for an exercise counts."""

    LAST = "last"
    BEST = "best"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How points become a grade.

    `late_days` are free for each student over the whole course; each further day begun costs the share `late_penalty`
    of the points; after `late_most` days nothing counts any more.
    """

    counts: Counts = Counts.LAST
    late_days: int = 0
    late_penalty: float = 0.0
    late_most: int | None = None
    deadlines: Mapping[str, dt.datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One batch. `seed` is that of all its attempts, so that it can be taken up again."""

    id: int
    started_at: float
    seed: int
    source: str
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of one student for one exercise, as a run met it; `document` is None as long as its attempt is due.

    `number` grows with time over all runs; `digest` tells files apart.
    """

    number: int
    run: int
    student: str
    name: str
    exercise: str
    origin: str
    handed_in_at: float | None
    late: bool
    plan_key: str
    digest: str
    document: Document | None

    @classmethod
    def nothing(cls, student: str, name: str, exercise: str) -> Self:
        """In the place of a file that was not handed in, for a grade that a human gives all the same."""
        return cls(
            number=0, run=0, student=student, name=name, exercise=exercise, origin="", handed_in_at=None, late=False,
            plan_key="", digest="", document=None,
        )  # fmt: skip

    @property
    def is_file(self) -> bool:
        """Whether anything was handed in."""
        return bool(self.digest)

    @property
    def points(self) -> float | None:
        """What the attempt earned; None where there is no grade (yet)."""
        return None if self.document is None else self.document["points"]

    @property
    def verdict(self) -> Verdict:
        """The attempt's; NOT_GRADED as long as it is due."""
        return Verdict(self.document["verdict"]) if self.document else Verdict.NOT_GRADED


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Points that a human has set. `earned` and `plan_key` say what lay before that human."""

    student: str
    exercise: str
    points: float
    reason: str
    by: str
    made_at: float
    plan_key: str
    earned: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsHuman:
    """Something that nobody should decide about but a human; `exercise` is None where it is about all of them."""

    student: str
    name: str
    exercise: str | None
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """Somebody of the class; `late_days` stands in the place of the policy's where the roster says so."""

    id: str
    name: str
    late_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a student gets for an exercise. `final` is None where there is no grade yet.

    `days` is how late the file came; `charged` of them were not free and cost `penalty` points. `overtaken` says what
    has changed since a human set the points: they stand all the same, until a human looks again. `unclear` says why
    nobody but a human can tell which file should be graded.
    """

    entry: Entry
    days: int = 0
    charged: int = 0
    penalty: float = 0.0
    adjustment: Adjustment | None = None
    overtaken: Message | None = None
    unclear: Message | None = None
    final: float | None = None

    @property
    def student(self) -> str:
        """The id."""
        return self.entry.student

    @property
    def exercise(self) -> str:
        """The id."""
        return self.entry.exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A grade that is not the same in another run; None where there is none. `reasons` say why, as far as is known."""

    student: str
    name: str
    exercise: str
    before: float | None
    after: float | None
    reasons: tuple[Message, ...]
