"""What was handed in, byte for byte, with what intake found wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.model.message import Message


class ProblemCode(StrEnum):
    """Why a submission cannot be graded as it is."""

    MISSING = "missing-file"
    EMPTY = "empty-file"
    NOT_STARTED = "not-started"
    SYNTAX = "syntax-error"
    ENCODING = "encoding"
    TOO_LARGE = "too-large"
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    SHADOWS = "shadows-standard-library"

    @property
    def blocks(self) -> bool:
        """Whether the suite is not run because of it."""
        return self is not ProblemCode.SHADOWS


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeProblem:
    """One thing wrong with what was handed in; `line` counts from 1."""

    code: ProblemCode
    message: Message
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One student's (or group's) file for one exercise, as bytes; `origin` is the path it came from, for messages only.

    `handed_in_at` is in seconds since the epoch; `late` is the mark of the system that it was handed in to.
    """

    exercise: str
    origin: str
    source: bytes
    digest: str
    handed_in_at: float | None = None
    late: bool = False
    students: tuple[str, ...] = ()
    problems: tuple[IntakeProblem, ...] = ()

    @property
    def blocked_by(self) -> IntakeProblem | None:
        """The first problem that keeps the suite from being run, if any."""
        return next((problem for problem in self.problems if problem.code.blocks), None)
