"""What can be said of a whole class: how hard each check was, which mistakes are common, what came out differently."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model.message import Words

ENOUGH = 10  # students, for a discrimination to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """One check over all whom it could decide about.

    `discrimination` is the correlation of passing it with all other points of the same students (-1 to 1): near 0, or
    below, strong and weak students fail it alike. None where there are too few, or all did the same.
    """

    exercise: str
    check: str
    title: Words
    passed: int
    decided: int
    discrimination: float | None

    @property
    def share(self) -> float:
        """The part that passed, 0 to 1."""
        return self.passed / self.decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A diagnosis that several students share, with where it was `seen`: (student, exercise).

    `example` is the digest of one file that shows it, with its lines.
    """

    code: str
    title: str
    students: tuple[str, ...]
    exercises: tuple[str, ...]
    seen: tuple[tuple[str, str], ...]
    example: str
    example_exercise: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The grades of one exercise: how many have each number of points, 0 to the most, rounded down."""

    exercise: str
    bins: tuple[int, ...]
    mean: float
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaky:
    """A file that did not come out the same each time it was graded: how often each outcome, by check."""

    student: str
    exercise: str
    times: int
    outcomes: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two files that have sequences of tokens in common which the stub has not: evidence to look at, no verdict.

    `share` is the part of the smaller file's own sequences that the other has too; `lines` are where, in each of them.
    """

    exercise: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    share: float
    common: int
    lines: tuple[tuple[int, int], tuple[int, int]]
