"""The proof that those who still run in a tree only look, for ever, at what nobody is left to change.

All threads but some wait without limit, and their counts of turns stand still. Each of the others is the main thread of
its process and is asked for its Python stack: twice it stands in the same loop that only waits (`waitloops`), and in
between it came round. Nothing it looks at can have changed meanwhile, and nobody is there who could change it later.

A look counts in two ways, each of which says that the loop has gone on after the others had stopped:

    asleep   it was in one timed call before and after the stack was written, and ran once in between, to write it:
             the stack is that of the call. It ran again before the second look: it found nothing, and waits again
    turning  it runs. It used CPU between the looks, read nothing, and neither the loop nor anything that called it
             is repeated: it is the same turn of everything around the loop
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from grader.observe import kernel
from grader.observe.stacks import Frame, Stack
from grader.observe.threads import Key, Threads
from grader.observe.waitloops import loops_of
from grader.observe.waits import Kind, Wait
from grader.observe.wakers import expects_alarm, may_wake

SETTLE = 0.12  # seconds in which nobody else may have run before the first look
PAUSE, LONGEST_PAUSE = 0.06, 1.0  # between two looks; longer and longer where they are in vain
PATIENT_LOOKS = 6
TURN = 0.03  # seconds of CPU: thousands of turns of a loop
# Who is asked for its stack is interrupted. After these it goes on with the rest of its time (PEP 475, futex(2));
# a socket's own time limit begins anew, and asked again and again such a program would never end.
RESUMED = frozenset({
    *("futex", "nanosleep", "clock_nanosleep", "restart_syscall", "rt_sigtimedwait"),
    *("select", "pselect6", "poll", "ppoll", "epoll_wait", "epoll_pwait", "epoll_pwait2"),
})  # fmt: skip
COMPREHENSIONS = {"<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>"}
# What calls a program once: ours, and how multiprocessing brings a process up.
_ONCE = re.compile(
    r"/(inside/\w+|main)\.py$|/multiprocessing/(process|context|spawn|forkserver|popen_\w+)\.py$|^<(string|frozen .*)>$"
)


class Testimony(Protocol):
    """Who can be asked for stacks; `sources` are the texts of files by how their paths end."""

    sources: Mapping[str, str]

    def of_living(self, pid: int, *, runs: bool) -> Stack:
        """The stack of the main thread of a process; () if there is none to be had."""


@dataclass(frozen=True, slots=True)
class Looping:
    """A process that only waits in a loop: where the loop begins, and what it says there."""

    pid: int
    file: str
    line: int
    text: str


class _Way(StrEnum):
    ASLEEP = "asleep"
    TURNING = "turning"


@dataclass(frozen=True, slots=True)
class _Look:
    loop: Looping
    way: _Way
    spent: tuple[float, int]
    reads: str


class Livelock:
    """Looks at the threads of a tree, again and again, until it is proved that they only wait in loops."""

    def __init__(self, threads: Threads, testimony: Testimony) -> None:
        self._threads = threads
        self._testimony = testimony
        self._looks: dict[Key, _Look] = {}
        self._proved: dict[Key, Looping] = {}
        self.since = 0.0
        """Since when the others stand still, on the clock."""
        self._still: object = None
        self._next = 0.0
        self._vain = 0

    def is_worth_a_look(self, now: float) -> bool:
        """Whether the next look is due."""
        return now >= self._next

    def look(self, active: Mapping[Key, Wait], servers: Collection[int], now: float) -> dict[Key, Looping] | None:
        """The loops in which all active threads wait for ever, once that is proved.

        All other threads wait without limit; those of `servers` only ever answer the others.
        """
        before = self._still
        self.rebase(active, servers)
        if self._still != before:
            self._looks.clear()
            self._proved.clear()
            self._vain = 0
            self.since = now
            self._next = now + SETTLE
            return None
        self._vain += 1
        self._next = now + min(PAUSE * 2 ** max(0, self._vain - PATIENT_LOOKS), LONGEST_PAUSE)
        if not all(self._may_be_asked(key, wait) for key, wait in active.items()):
            return None
        for key, wait in active.items():
            self._look_at(key, wait)
        return dict(self._proved) if self._proved.keys() == active.keys() else None

    def rebase(self, active: Mapping[Key, Wait], servers: Collection[int]) -> None:
        """From now on the others stand still as they do now: who was roused by us has not moved by itself."""
        turns = self._threads.turns()
        idle = {key: count for key, count in turns.items() if key not in active and key[0] not in servers}
        self._still = (idle, frozenset(active))

    def _may_be_asked(self, key: Key, wait: Wait) -> bool:
        """Whether it is the only thread of its process that may run, and nothing wakes it but its own time limit."""
        pid, tid = key
        others = any(owner == pid and other != tid for owner, other in self._active())
        wakes = may_wake(pid, ()) or expects_alarm(pid, [tid])
        asleep = wait.kind is Kind.TIMED and wait.call in RESUMED
        return pid == tid and not others and not wakes and (asleep or wait.kind is Kind.RUNNING)

    def _active(self) -> frozenset[Key]:
        return self._still[1] if isinstance(self._still, tuple) else frozenset()

    def _look_at(self, key: Key, wait: Wait) -> None:
        pid, tid = key
        before, call = kernel.spent(kernel.turns(pid, tid)), kernel.syscall(pid, tid)
        reads = kernel.reads(pid)
        stack = self._testimony.of_living(pid, runs=wait.kind is Kind.RUNNING)
        after, call_after = kernel.spent(kernel.turns(pid, tid)), kernel.syscall(pid, tid)
        if before is None or after is None or not stack:
            return
        if isinstance(call, kernel.Absent) or isinstance(call_after, kernel.Absent):
            return
        way = _Way.TURNING
        if wait.kind is Kind.TIMED:
            way = _Way.ASLEEP
            if not call.at or call.at != call_after.at or after[1] - before[1] != 1:
                return  # it came round meanwhile: of which moment the stack is, is not known
        loop = _loop_of(pid, stack, self._testimony.sources, repeats=way is _Way.ASLEEP)
        if loop is None:
            self._looks.pop(key, None)
            return
        earlier = self._looks.get(key)
        if earlier and (earlier.loop, earlier.way) == (loop, way) and _came_round(earlier, before, reads):
            self._proved[key] = loop
        else:
            self._looks[key] = _Look(loop, way, after, kernel.reads(pid))


def _came_round(earlier: _Look, spent: tuple[float, int], reads: str) -> bool:
    if earlier.way is _Way.ASLEEP:
        return spent[1] > earlier.spent[1]
    return bool(reads) and reads == earlier.reads and spent[0] - earlier.spent[0] >= TURN


def _loop_of(pid: int, stack: Stack, sources: Mapping[str, str], *, repeats: bool) -> Looping | None:
    """The loop that the innermost line of a known file stands in; `repeats`: it may itself be repeated."""
    known = (frame for frame in stack if _source_of(frame, sources))
    lines = [frame for frame in known if frame.function not in COMPREHENSIONS]
    if not lines:
        return None
    inner = lines[0]
    found = loops_of(_source_of(inner, sources)).waiting_at(inner.line, asleep=repeats)
    if found is None or not (repeats or _is_once(stack, inner, sources)):
        return None
    return Looping(pid, inner.file.rpartition("/")[2], found.line, found.text)


def _is_once(stack: Stack, inner: Frame, sources: Mapping[str, str]) -> bool:
    """Whether nothing around the loop, and nothing that called it, may come back to it."""
    for frame in stack[stack.index(inner) :]:
        text = _source_of(frame, sources)
        if text:
            loops = loops_of(text)
            inside = loops.waiting_at(frame.line) if frame is inner else None
            if loops.is_repeated(frame.line, inside=inside):
                return False
        elif not _ONCE.search(frame.file):
            return False
    return True


def _source_of(frame: Frame, sources: Mapping[str, str]) -> str:
    return next((text for end, text in sources.items() if frame.file.endswith(end)), "")
