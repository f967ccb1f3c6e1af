"""Everything the grader raises, sorted by who has to act.

    GraderError                 has an exit code and a way out (hint)
    +-- UsageError       2      the person at the keyboard: unknown exercise, output not writable, isolation refused
    +-- CourseError      2      the exercise author: unknown key, declared checks that do not exist
    +-- GraderFault      5      us: a box that cannot be started, a journal that stops; never a student's zero

A student's fault is never an exception: it is data (`IntakeProblem`, `CheckResult`, `Observation`).
"""

from __future__ import annotations

from enum import IntEnum


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


class GraderError(Exception):
    """Base of all; `hint` says the way out in one sentence."""

    exit_code = ExitCode.GRADER_FAULT

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
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
