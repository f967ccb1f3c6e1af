"""What a call uses of memory, CPU, processes and disk, over all of its processes: looked at from outside while it runs.

A limit of one process (RLIMIT_DATA) is no limit of thirty: memory is summed up over the tree. The cheap sum counts
shared pages for each process; only where it is over the limit the kernel is asked for shares (PSS).
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from grader.errors import GraderFault
from grader.model.exercise import Limits
from grader.model.message import say
from grader.model.observation import Level, Stop
from grader.observe import kernel
from grader.observe.spending import Spending
from grader.observe.tree import pids
from grader.sandbox import quota
from grader.suite.boxes import OpenBox

EVERY = 0.05
LOOKS = 3
MIB = 1024 * 1024
# Buffers of sockets and pipes are in no process's sum: below this the machine itself is in danger.
LEAST_AVAILABLE = 96 * MIB
MOST_FILES = 5_000
PAGE = os.sysconf("SC_PAGE_SIZE")
MOST_PATIENCE = 6.0  # times the limit, on a machine that is crowded as much or more
RESIDENT = 1  # second field of /proc/PID/statm


class Meter:
    """Looks at one box while a call runs in it."""

    def __init__(self, box: OpenBox, limits: Limits, *, counts_cpu: bool) -> None:
        self._box = box
        self._limits = limits
        self._next = time.monotonic() + EVERY  # most explored episodes are over by then
        self._times_over = 0
        self._spending = Spending(box.box.root, ours=box.ours) if counts_cpu else None
        # Behind walls the places have a size, and cannot be seen from here.
        behind_walls = box.box.isolation.level is Level.NAMESPACE
        self._places = () if behind_walls else tuple(map(Path, box.folders))

    def exceeded(self, *, still: bool = False) -> tuple[Stop, str] | None:
        """Which limit the call is beyond, and what it is; raises GraderFault where the machine's memory ends.

        `still`: nothing of the program moves any more, so that one look tells, now.
        """
        now = time.monotonic()
        if now < self._next and not still:
            return None
        self._next = now + EVERY
        if quota.memory() < LEAST_AVAILABLE:
            raise GraderFault(
                say("the machine has no memory left"), hint=say("grade fewer at once, or free some memory")
            )
        program = pids(self._box.box.root, ignore=self._box.ours)
        if len(program) > self._limits.processes:
            return Stop.PROCESSES, str(self._limits.processes)
        if self._takes_too_much(program, LOOKS if not still else 1):
            return Stop.MEMORY, _size(self._limits.memory)
        if self._spending and self._is_spent(self._spending.look(program)):
            return Stop.CPU, f"{self._limits.cpu:g}"
        if self._places and not _fits(self._places, self._limits.disk_bytes):
            return Stop.DISK, _size(self._limits.disk_bytes)
        return None

    def _is_spent(self, seconds: float) -> bool:
        """Whether so much CPU is beyond the limit: who shares cores and caches needs more of it for the same work."""
        return seconds > self._limits.cpu * crowding()

    def _takes_too_much(self, program: tuple[int, ...], looks: int) -> bool:
        """Whether it was over the limit so often running: shares move while they are read one after the other."""
        over = _resident(program) > self._limits.memory and _shares(program) > self._limits.memory
        self._times_over = self._times_over + 1 if over else 0
        return self._times_over >= looks


def _resident(program: tuple[int, ...]) -> int:
    """Pages that are shared count for each process: never less than what is used."""
    fields = [kernel.text(f"/proc/{pid}/statm").split() for pid in program]
    return sum(int(field[RESIDENT]) * PAGE for field in fields if len(field) > RESIDENT)


def _shares(program: tuple[int, ...]) -> int:
    """Pages that are shared count by their share; a process that the kernel does not let us look into, as resident."""
    return sum(_share(pid) for pid in program)


def _share(pid: int) -> int:
    for line in kernel.text(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return _resident((pid,))


def _fits(places: tuple[Path, ...], limit: int) -> bool:
    """Whether the files there are neither too large together nor too many to be counted."""
    used = count = 0
    for place in places:
        for folder, _, names in os.walk(place):
            for name in names:
                count += 1
                try:
                    used += os.lstat(os.path.join(folder, name)).st_blocks * 512  # noqa: PTH118  thousands
                except OSError:
                    continue  # removed meanwhile
                if used > limit or count > MOST_FILES:
                    return False
    return True


def _size(count: int) -> str:
    return f"{count // MIB} MB"


def crowding() -> float:
    """How many times longer things take than on a quiet machine: runnable processes per core, between 1 and 6."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_PATIENCE, max(1.0, os.getloadavg()[0] / cores))
