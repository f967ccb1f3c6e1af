"""Has an examiner run a plan, the controller's side: a process per attempt, its journal, its deadline."""

from __future__ import annotations

import contextlib
import os
import selectors
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from grader.errors import CourseError, UsageError
from grader.model.attempt import CheckResult
from grader.model.message import Message, say
from grader.model.observation import Isolation
from grader.model.plan import Plan
from grader.suite.examiners import GRACE, Examiner, Start, cold
from grader.suite.journal import Line
from grader.wire import dump, load

CALLS_PER_CHECK = 6  # an attempt may take so many times the limit of one call for each check, then it is ended
CHUNK = 65_536


@dataclass(slots=True)
class Examination:
    """What an examiner reported: results by check, and why there are no more if it did not complete."""

    results: dict[str, CheckResult] = field(default_factory=dict)
    complete: bool = False
    fault: Message | None = None
    isolation: Isolation | None = None
    python: str = ""


def examine(
    plan: Plan, *, on_event: Callable[[str | CheckResult], None], report: str, start: Start = cold
) -> Examination:
    """Run one examiner to its end; raises CourseError for what the author has to mend."""
    examination = Examination()
    limit = GRACE + plan.exercise.limits.wall * CALLS_PER_CHECK * len(plan.exercise.checks)
    with tempfile.TemporaryFile() as words:
        journal_read, journal_write = os.pipe()
        with contextlib.ExitStack() as stack:
            journal = stack.enter_context(os.fdopen(journal_read, "rb", buffering=0))
            try:
                examiner = stack.enter_context(start(journal_write, report, words))
            finally:
                os.close(journal_write)
            _hand_over(examiner, dump(plan))
            for line in _lines(journal.fileno(), time.monotonic() + limit):
                _take(line, examination, on_event)
        if not examination.complete and not examination.fault:
            examination.fault = say("the examiner ended early ({words})", words=_last_words(examiner, words))
    return examination


def _hand_over(examiner: Examiner, plan: bytes) -> None:
    for step in (lambda: examiner.plan.write(plan), examiner.plan.close):
        with contextlib.suppress(BrokenPipeError):  # it ended at once; its journal ends too, its last words say why
            step()


def _lines(fd: int, deadline: float) -> Iterator[Line]:
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        while (seconds := deadline - time.monotonic()) > 0:
            if not selector.select(seconds):
                return
            data = os.read(fd, CHUNK)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                yield load(line, Line)


def _take(line: Line, examination: Examination, on_event: Callable[[str | CheckResult], None]) -> None:
    if line.course_error is not None:
        raise CourseError(line.course_error, hint=line.hint or "")
    if line.usage_error is not None:
        raise UsageError(line.usage_error, hint=line.hint or "")
    if line.isolation is not None:
        examination.isolation, examination.python = line.isolation, line.python
    if line.started is not None:
        on_event(line.started)
    if line.finished is not None:
        examination.results[line.finished.check] = line.finished
        on_event(line.finished)
    if line.fault is not None:
        examination.fault = line.fault
    examination.complete = examination.complete or line.complete


def _last_words(examiner: Examiner, words: IO[bytes]) -> str:
    words.seek(max(0, words.seek(0, os.SEEK_END) - 2000))
    said = words.read().decode("utf-8", "replace").strip()
    return f"exit code {examiner.code}; {said}" if said else f"exit code {examiner.code}"
