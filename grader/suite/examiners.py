"""How the process of an examiner comes to be: started for one attempt, or forked from an interpreter kept warm."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Protocol, Self

from grader.errors import GraderFault
from grader.model.message import say

GRACE = 30.0  # seconds from the end of the journal to the end of the process
PYTHON = (sys.executable, "-I", "-X", "utf8", "-m")
PASSED_ON = {"PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "SYSTEMROOT", "VIRTUAL_ENV"}
MESSAGE = 64  # bytes


@dataclass(slots=True)
class Examiner:
    """One that runs; `code` is its exit code when it is over, None where nobody knows."""

    plan: IO[bytes]
    code: int | None = None


class Start(Protocol):
    """Starts an examiner in a session of its own; at the end of the block it is waited for, or killed with its group.

    `journal` is the descriptor that it writes to, and is ours to close; stderr goes to `words`.
    """

    def __call__(self, journal: int, report: str, words: IO[bytes]) -> AbstractContextManager[Examiner]:
        """Until the end of the block."""
        ...


@contextlib.contextmanager
def cold(journal: int, report: str, words: IO[bytes]) -> Iterator[Examiner]:
    """An interpreter of its own."""
    process = subprocess.Popen(  # noqa: S603  the command is ours
        [*PYTHON, "grader.suite.run", str(journal), report],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=words,
        pass_fds=(journal,),
        env=environment(),
        start_new_session=True,
    )
    assert process.stdin is not None
    examiner = Examiner(process.stdin)
    try:
        yield examiner
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
    finally:
        if process.poll() is None:
            _kill(process.pid)
            process.wait()
        process.stdin.close()
        examiner.code = process.returncode


class Warm:
    """An interpreter that is forked per attempt, one at a time; started when it is first needed, and again if lost."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @contextlib.contextmanager
    def start(self, journal: int, report: str, words: IO[bytes]) -> Iterator[Examiner]:
        """A `Start`."""
        theirs, ours = os.pipe()
        with os.fdopen(ours, "wb") as plan:
            try:
                pid = self._forked(report, [theirs, journal, words.fileno()])
            finally:
                os.close(theirs)
            examiner = Examiner(plan)
            try:
                yield examiner
                examiner.code = self._heard(GRACE)
            finally:
                if examiner.code is None:
                    _kill(pid)
                    examiner.code = self._heard(None)
                with contextlib.suppress(OSError):
                    self._socket().send(b"\n")

    def _forked(self, report: str, descriptors: list[int]) -> int:
        """The pid of a new examiner, by an interpreter that may have been lost meanwhile."""
        for _ in range(2):
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                # A message that is empty would be the end.
                socket.send_fds(self._socket(), [b"/" + os.fsencode(report)], descriptors)
                if (pid := self._heard(GRACE)) is not None:
                    return pid
            self._close()
        raise GraderFault(say("the interpreter that is kept warm ended early"), hint=say("is there enough memory?"))

    def _heard(self, seconds: float | None) -> int | None:
        """The next number it says; None if it says none in time, or is gone."""
        control = self._socket()
        control.settimeout(seconds)
        try:
            said = control.recv(MESSAGE)
        except (TimeoutError, ConnectionResetError):
            return None
        finally:
            control.settimeout(None)
        return int(said) if said else None

    def _socket(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._server = subprocess.Popen(  # noqa: S603  the command is ours
                    [*PYTHON, "grader.suite.warm", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    env=environment(),
                    start_new_session=True,
                )
        return self._control

    def _close(self) -> None:
        if self._control is not None:
            self._control.close()  # it ends by itself
        if self._server is not None:
            self._server.kill()
            self._server.wait()
        self._control = self._server = None


def environment() -> dict[str, str]:
    """What an examiner gets of ours."""
    passed_on = {name: value for name, value in os.environ.items() if name in PASSED_ON}
    return {**passed_on, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # its boxes die with it
