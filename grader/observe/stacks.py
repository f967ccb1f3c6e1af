"""The Python stacks of a process of the box, as it tells them itself: testimony, read strictly, for explanations.

Each of them has handlers for two signals that nobody else uses, with a pipe of ours to write to (`inside.stacks`). Only
one process is asked at a time, so what comes is its own. `of` tells the stacks of all threads, but may cost the life of
a process that runs: it is for the dead, and for those who are about to be killed. `of_living` tells that of the main
thread, and disturbs nobody but by interrupting a call that is begun again.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.inside.vocabulary import LIVE_STACK_SIGNAL, STACK_FD, STACK_FRAMES, STACK_SIGNAL
from grader.observe import kernel
from grader.observe.tracing import held

PATIENCE = 0.25  # seconds; an answer takes one to three milliseconds on a quiet machine
LOOK_AGAIN = 0.002
LONGEST_ANSWER = 65_536  # what the pipe holds; the writer does not wait
MOST_THREADS = 50
BOOTSTRAP = "_bootstrap"
ENDED_BY_ANY_SIGNAL = frozenset({"pause", "rt_sigsuspend", "rt_sigtimedwait"})  # signal(7): never begun again
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]{1,16}(?: \[[^\]]*\])? \(most recent call first\):")
_FRAME = re.compile(r'  File "([^"\n]{1,500})", line (\d{1,7}) in ([^\s]{1,500})')


@dataclass(frozen=True, slots=True)
class Frame:
    """One call of a stack: the file as the process names it, the line, the name of the function."""

    file: str
    line: int
    function: str


Stack = tuple[Frame, ...]
"""The frames of one thread, innermost first."""


class Stacks:
    """Asks processes for their stacks; `sources` are texts of files by how their paths end."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources
        self._reader, self.writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self.writer, False)
        self._inode = os.fstat(self._reader).st_ino

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._reader)
        os.close(self.writer)

    def of(self, pid: int) -> tuple[Stack, ...]:
        """The stacks of a process, that of its main thread first; none if it cannot be asked or does not answer."""
        return parse(self._answer(pid)) if self._ask(pid, STACK_SIGNAL) else ()

    def of_living(self, pid: int, *, runs: bool) -> Stack:
        """The stack of the main thread of a process that shall live; () if it cannot be asked or does not answer.

        One that `runs` may come to wait for a signal before ours arrives, which would end its wait: it is held until
        it is known to be elsewhere.
        """
        with held(pid) if runs else contextlib.nullcontext():
            asked = not _waits_for_a_signal(pid) and self._ask(pid, LIVE_STACK_SIGNAL)
        return next(iter(parse(self._answer(pid))), ()) if asked else ()

    def _ask(self, pid: int, number: int) -> bool:
        """Send the signal, if that does no harm."""
        if not self._can_be_asked(pid, number):
            return False
        self._read()
        try:
            os.kill(pid, number)
        except OSError:
            return False
        return True

    def _can_be_asked(self, pid: int, number: int) -> bool:
        """Whether it has the handler, does not hold the signal back, and its descriptor still is our pipe.

        Else the signal would harm it, or come when it waits for signals.
        """
        stat = kernel.stat(pid)
        return (
            stat is not None
            and stat.state in "SRDt"
            and kernel.has_signal(kernel.signals(pid, pid, "Cgt"), number)
            and not kernel.has_signal(kernel.signals(pid, pid, "Blk"), number)
            and kernel.descriptor(pid, STACK_FD) == f"pipe:[{self._inode}]"
        )

    def _answer(self, pid: int) -> bytes:
        """All that is written until the process waits again, or for a moment nothing comes from one that runs."""
        answer = b""
        over = time.monotonic() + PATIENCE
        while time.monotonic() < over and len(answer) <= LONGEST_ANSWER:
            came = select.select([self._reader], [], [], LOOK_AGAIN)[0]
            stat = kernel.stat(pid)
            answer += self._read() if came else b""
            if stat is None or (answer.endswith(b"\n") and (not came or stat.state == "S")):
                break
        return answer + self._read()

    def _read(self) -> bytes:
        parts = b""
        with contextlib.suppress(BlockingIOError):
            while len(parts) <= LONGEST_ANSWER and (data := os.read(self._reader, LONGEST_ANSWER)):
                parts += data
        return parts


def _waits_for_a_signal(pid: int) -> bool:
    call = kernel.syscall(pid, pid)
    return not isinstance(call, kernel.Absent) and call.name in ENDED_BY_ANY_SIGNAL


def parse(answer: bytes) -> tuple[Stack, ...]:
    """What faulthandler wrote; a line that is none of its own ends the reading."""
    threads: list[list[Frame]] = []
    current: list[list[Frame]] = []
    for line in answer[:LONGEST_ANSWER].decode("ascii", "replace").splitlines():
        if found := _THREAD.fullmatch(line):
            if len(threads) == MOST_THREADS:
                break
            threads.append([])
            current += [threads[-1]] if found[1].startswith("Current") else []
        elif (frame := _FRAME.fullmatch(line)) and threads and len(threads[-1]) < STACK_FRAMES:
            threads[-1].append(Frame(frame[1], int(frame[2]), frame[3]))
        elif line.strip():
            break
    threads.sort(key=lambda thread: not any(thread is one for one in current))
    return tuple(tuple(_own(thread)) for thread in threads)


def _own(frames: list[Frame]) -> Iterator[Frame]:
    """Without what lies below the beginning of a forked process: those are frames of its parent."""
    for frame in frames:
        yield frame
        if frame.function == BOOTSTRAP and frame.file.endswith("/multiprocessing/process.py"):
            return
