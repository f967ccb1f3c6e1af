"""Who lives below a process, and how to end all of it with proof that nothing is left."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from grader.errors import GraderFault
from grader.model.message import say

PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 30.0  # a fork storm on a busy machine took 3 s to end; no verdict may hang on this number
LOOKS_WITHOUT_KEEPER = 50  # a chain of forks can be between two looks at its processes; not fifty times
ROUND = 0.004
MARK = "GRADE_BOX"
PROC = Path("/proc")
SWEEP = """import os, sys
uid = int(sys.argv[1])
os.setresuid(uid, uid, uid)
try: os.kill(-1, 9)
except ProcessLookupError: pass"""


class Life:
    """All processes of one box, from the launcher's start to the proof that none is left.

    `patience_with_root` is how long the root may take to end by itself once nothing lives below it: a keeper is
    exact and takes its time, bwrap is killed at once. `mark` is in the environment of a box without walls; `uid` is
    what such a box has for itself where root opened it.
    """

    def __init__(
        self, root: subprocess.Popen[bytes], *, mark: str, patience_with_root: float, uid: int | None = None
    ) -> None:
        self.root = root
        self.init: int | None = None
        self._handle = -1
        self._mark = f"{MARK}={mark}\0".encode() if mark else None
        self._uid = uid
        self._patience_with_root = patience_with_root
        self._known: set[int] = set()
        self._swept = False

    def born(self, zygote: int) -> None:
        """From now on `zygote` is known to be of the box."""
        self._known.add(zygote)

    def enter_namespace(self, zygote: int) -> None:
        """From now on the parent of `zygote` is known as the namespace's init, which takes everything with it."""
        self.init = parent(zygote)
        self._known.add(self.init)
        # The number may belong to somebody else by the time we kill it; the descriptor cannot.
        self._handle = os.pidfd_open(self.init)

    def end(self) -> None:
        """Kill everything; return when nothing of it lives."""
        if self.init is not None:
            self._end_namespace()
        start = time.monotonic()
        clean_looks = 0
        while not self._root_gone() or self._strays() or clean_looks < self._looks_due():
            clean_looks = 0 if self._strays() else clean_looks + 1
            if self._looks_due():
                select.select([], [], [], ROUND)
            spent = time.monotonic() - start
            if spent > PATIENCE:
                raise GraderFault(say("a box could not be ended: processes outlived SIGKILL"))
            self._kill()
            reap(self._known)
            if spent >= self._patience_with_root:
                self.root.kill()
            if self.root.returncode is not None:
                self._sweep()

    def _looks_due(self) -> int:
        """How many looks have to find nothing: none after a keeper that ended by itself, for it has seen everything."""
        if self._mark is None or self.root.returncode in {None, 0}:
            return 0
        return 1 if self._swept else LOOKS_WITHOUT_KEEPER

    def _end_namespace(self) -> None:
        """Kill init and see it gone: the kernel lets it go only after everything else in the namespace."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        gone = poll.poll(PATIENCE * 1000)
        os.close(self._handle)
        self.init = None
        self.root.kill()
        if not gone:
            raise GraderFault(say("a box could not be ended: its namespace did not go away"))

    def _sweep(self) -> None:
        """What the keeper did not do: kill everything that has the box's uid, at one stroke."""
        if self._uid is not None:
            command = [sys.executable, "-I", "-S", "-c", SWEEP, str(self._uid)]
            # It has their uid meanwhile: who kills it first escapes this stroke, and is met by the next.
            self._swept = subprocess.run(command, check=False).returncode == 0  # noqa: S603  ours

    def _kill(self) -> None:
        """Kill what belongs to the box now: where processes come and go, a number can soon be somebody else's."""
        handles = {pid: handle for pid in self._members() if (handle := _handle(pid)) is not None}
        # A number that belongs to the box before and after has a handle of the box, or of what is dead.
        members = set(self._members())
        for pid, handle in handles.items():
            if pid in members:
                self._known.add(pid)
                _kill_one(pid, handle)
            if handle >= 0:
                os.close(handle)

    def _members(self) -> tuple[int, ...]:
        return (*descendants(self.root.pid), *self._strays())

    def _root_gone(self) -> bool:
        try:
            self.root.wait(ROUND)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _strays(self) -> tuple[int, ...]:
        """What came to us because the root is gone: seen before, or known by the environment it was started with.

        A process that dies has no environment any more, but it is somebody's child until it is reaped. What has the
        box's uid is found among all processes: the list of our children can lack some while others end (proc(5)).
        """
        reap(self._known)
        ours = {*children(os.getpid())} - {self.root.pid}  # the keeper was started with the mark, too
        strays = {pid for pid in ours if pid in self._known or (self._mark and self._mark in _environment(pid))}
        if self._uid is not None and self.root.returncode is not None:
            strays |= set(filter(alive, all_under(self._uid)))
        return tuple(strays)


@cache
def adopt_orphans() -> None:
    """Make this process the one that the orphans of its boxes come to (Linux), instead of init."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap(pids: Iterable[int]) -> None:
    """Take the exit statuses of those among `pids` that ended as our children; never anybody else's."""
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def descendants(root: int) -> tuple[int, ...]:
    """Everything below `root`, parents first, without `root`."""
    found: list[int] = []
    waiting = [root]
    while waiting:
        below = children(waiting.pop())
        found += below
        waiting += below
    return tuple(found)


def children(pid: int) -> tuple[int, ...]:
    """The children of `pid`, zombies included."""
    if not _has_child_lists():  # a kernel without these files, or no Linux at all
        return tuple(child for child, above in _all_parents() if above == pid)
    found: list[int] = []
    with contextlib.suppress(OSError):  # ended
        for task in (PROC / str(pid) / "task").iterdir():
            with contextlib.suppress(OSError):  # this thread ended
                found += map(int, (task / "children").read_text().split())
    return tuple(found)


def parent(pid: int) -> int:
    """The parent of `pid`; raises GraderFault when it is gone."""
    try:
        return int(_status(pid)[1])
    except OSError as error:
        raise GraderFault(say("a process of a box ended while the box was being opened")) from error


def alive(pid: int) -> bool:
    """Whether `pid` is a process that still runs: a zombie does not, unless threads outlived its first one."""
    try:
        state = _status(pid)[0]
        return state != "Z" or sum(1 for _ in (PROC / str(pid) / "task").iterdir()) > 1
    except OSError:
        return False


def all_under(uid: int) -> tuple[int, ...]:
    """Every process of the machine that has this real uid, the dead ones that nobody has reaped among them."""
    every = (int(entry.name) for entry in PROC.glob("[0-9]*"))
    return tuple(pid for pid in every if is_under(pid, uid))


def is_under(pid: int, uid: int) -> bool:
    """Whether the process has this real uid; a dead one that nobody has reaped yet has it, too."""
    try:
        return f"\nUid:\t{uid}\t" in (PROC / str(pid) / "status").read_text(errors="replace")
    except OSError:
        return False


def _handle(pid: int) -> int | None:
    """A descriptor of the process, -1 where the system has none, None if there is no such process any more."""
    if not hasattr(os, "pidfd_open"):
        return -1
    try:
        return os.pidfd_open(pid)
    except OSError:
        return None


def _kill_one(pid: int, handle: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        _stop_forking(pid)
        if handle < 0:
            os.kill(pid, signal.SIGKILL)
        else:
            signal.pidfd_send_signal(handle, signal.SIGKILL)


def _stop_forking(pid: int) -> None:
    """Before the kill, so that chains of processes that fork and end cannot outrun us (no effect on root's)."""
    if sys.platform == "linux":
        with contextlib.suppress(PermissionError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0))


def _status(pid: int) -> list[str]:
    """State, parent, group, session of `pid`; the command before them may contain anything, brackets too."""
    return (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[:4]


def _environment(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return b""


@cache
def _has_child_lists() -> bool:
    own = PROC / "self" / "task" / str(os.getpid()) / "children"
    return own.exists()


def _all_parents() -> list[tuple[int, int]]:
    if not PROC.is_dir():
        return _parents_by_ps()
    found = []
    for entry in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            found.append((int(entry.name), int(_status(int(entry.name))[1])))
    return found


def _parents_by_ps() -> list[tuple[int, int]]:
    done = subprocess.run(["/bin/ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False)
    rows = [line.split() for line in done.stdout.splitlines()]
    return [(int(pid), int(above)) for pid, above in rows]
