"""What the examiner tells the controller, one JSON line per event, so that nothing is lost when it ends early."""

from __future__ import annotations

import os
from dataclasses import dataclass

from grader.model.attempt import CheckResult
from grader.model.message import Message
from grader.model.observation import Isolation
from grader.wire import dump


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the setting, a check that began, a result, what went wrong, or the end."""

    isolation: Isolation | None = None
    python: str = ""
    usage_error: Message | None = None

    started: str | None = None
    finished: CheckResult | None = None
    course_error: Message | None = None
    hint: Message | None = None
    fault: Message | None = None
    complete: bool = False


class Journal:
    """Writes lines to an inherited descriptor."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def setting(self, isolation: Isolation, python: str) -> None:
        """What keeps the boxes apart, and which Python runs in them."""
        self._write(Line(isolation=isolation, python=python))

    def usage_error(self, message: Message, hint: Message | None) -> None:
        """The person at the keyboard has to mend something."""
        self._write(Line(usage_error=message, hint=hint))

    def started(self, check: str) -> None:
        """A check begins."""
        self._write(Line(started=check))

    def finished(self, result: CheckResult) -> None:
        """A check is over."""
        self._write(Line(finished=result))

    def course_error(self, message: Message, hint: Message | None) -> None:
        """The author has to mend something; no check counts."""
        self._write(Line(course_error=message, hint=hint))

    def fault(self, message: Message) -> None:
        """Something of ours went wrong."""
        self._write(Line(fault=message))

    def complete(self) -> None:
        """All checks were run."""
        self._write(Line(complete=True))

    def _write(self, line: Line) -> None:
        data = dump(line) + b"\n"
        while data:
            data = data[os.write(self._fd, data) :]
