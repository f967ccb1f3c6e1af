"""Everything the grader raises, sorted by who has to act.

    GraderError                 has an exit code and a way out (hint)
    +-- UsageError       2      the person at the keyboard: unknown exercise, output not writable, isolation refused
    +-- CourseError      2      the exercise author: unknown key, declared checks that do not exist
    +-- GraderFault      5      us: a box that cannot be started, a journal that stops; never a student's zero

    Unusable                    no exit code: a part of the sentence that whoever reads a stranger's file says

A student's fault is never an exception: it is data (`IntakeProblem`, `CheckResult`, `Observation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Protocol


class Sentence(Protocol):
    """What can be said in every language: `model.message.Message` by its shape, since errors stand beside the model."""

    @property
    def template(self) -> str:
        """The English sentence with its named fields."""
        ...

    @property
    def values(self) -> Mapping[str, str | int | float]:
        """What stands in the fields."""
        ...


class ExitCode(IntEnum):
    """What `grade` answers to the shell."""

    ACCEPTED = 0
    NOT_ACCEPTED = 1
    USAGE = 2
    NOTHING_TO_GRADE = 3
    UNGRADABLE = 4
    GRADER_FAULT = 5
    INCONCLUSIVE = 6
    INTERRUPTED = 130


class Unusable(Exception):
    """What somebody gave us cannot be used; `message` is a part of the sentence that whoever catches it says."""

    def __init__(self, message: Sentence) -> None:
        super().__init__(str(message))
        self.message = message


class GraderError(Exception):
    """Base of all; `hint` says the way out in one sentence. Text is for authors and us, a Sentence for students."""

    exit_code = ExitCode.GRADER_FAULT

    def __init__(self, message: str | Sentence, *, hint: str | Sentence = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class UsageError(GraderError):
    """The person at the keyboard can mend it."""

    exit_code = ExitCode.USAGE


class CourseError(GraderError):
    """The exercise author can mend it: names the file and the key."""

    exit_code = ExitCode.USAGE


class GraderFault(GraderError):
    """Our fault: retried once, then `not_graded`."""

    exit_code = ExitCode.GRADER_FAULT
