"""Starts an examiner, the controller's side: a subprocess per attempt, its journal, its deadline, its end."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from grader.errors import CourseError, UsageError
from grader.model.attempt import CheckResult
from grader.model.observation import Isolation
from grader.model.plan import Plan
from grader.suite.journal import Line
from grader.wire import dump, load

CALLS_PER_CHECK = 6  # an attempt may take so many times the limit of one call for each check, then it is ended
GRACE = 30.0
CHUNK = 65_536


@dataclass(slots=True)
class Examination:
    """What an examiner reported: results by check, and why there are no more if it did not complete."""

    results: dict[str, CheckResult] = field(default_factory=dict)
    complete: bool = False
    fault: str = ""
    isolation: Isolation | None = None
    python: str = ""


def examine(plan: Plan, *, on_event: Callable[[str | CheckResult], None], report: str) -> Examination:
    """Run one examiner to its end; raises CourseError for what the author has to mend."""
    examination = Examination()
    limit = GRACE + plan.exercise.limits.wall * CALLS_PER_CHECK * len(plan.exercise.checks)
    journal_read, journal_write = os.pipe()
    command = [sys.executable, "-I", "-X", "utf8", "-m", "grader.suite.run", str(journal_write), report]
    with tempfile.TemporaryFile() as words:
        with _started(command, journal_write, words) as process:
            os.close(journal_write)
            with os.fdopen(journal_read, "rb", buffering=0) as journal:
                _hand_over(process, dump(plan))
                for line in _lines(journal.fileno(), time.monotonic() + limit):
                    _take(line, examination, on_event)
        if not examination.complete and not examination.fault:
            examination.fault = f"the examiner ended early ({_last_words(process, words)})"
    return examination


@contextlib.contextmanager
def _started(command: list[str], journal: int, words: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "SYSTEMROOT", "VIRTUAL_ENV"}
    }
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    process = subprocess.Popen(  # noqa: S603  the command is ours
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=words,
        pass_fds=(journal,),
        env=environment,
        start_new_session=True,
    )
    try:
        yield process
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its boxes die with it
            process.wait()


def _hand_over(process: subprocess.Popen[bytes], plan: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(plan)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended at once; its journal ends too, and its last words say why


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
        raise CourseError(line.course_error, hint=line.hint)
    if line.usage_error is not None:
        raise UsageError(line.usage_error, hint=line.hint)
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


def _last_words(process: subprocess.Popen[bytes], words: IO[bytes]) -> str:
    words.seek(max(0, words.seek(0, os.SEEK_END) - 2000))
    said = words.read().decode("utf-8", "replace").strip()
    return f"exit code {process.returncode}; {said}" if said else f"exit code {process.returncode}"
