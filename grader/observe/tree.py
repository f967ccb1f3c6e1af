"""The processes below a process, as the kernel lists them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from grader.observe import kernel

# What the standard library starts beside a program: `python ... -c "from multiprocessing.forkserver import main; ..."`.
_HOUSEKEEPING = re.compile(r"-c from multiprocessing\.(resource_tracker|forkserver) import main; ?main\(\d+[^;]*\)$")


@dataclass(frozen=True, slots=True)
class Process:
    """One process as it was seen; `started` in clock ticks tells two holders of one number apart.

    `state` is the kernel's letter ("Z": it has ended and was not reaped), `command` the command line or, for a zombie,
    the short name. `forked` holds until the process starts another program. `unsettled` says that it is on its way:
    in the middle of starting a program or of its own end it has no command line that would tell what it is.
    """

    pid: int
    ppid: int
    state: str
    command: str
    started: int
    forked: bool = False
    unsettled: bool = False


def pids(root: int, *, ignore: Collection[int] = ()) -> tuple[int, ...]:
    """Numbers of `root` and everything below it, zombies too, parents first; what is below an ignored one counts."""
    found: dict[int, None] = {}
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found[pid] = None
            waiting += _children(pid)
    return tuple(pid for pid in found if pid not in ignore)


def processes(root: int, *, ignore: Collection[int] = ()) -> tuple[Process, ...]:
    """The processes of a tree, those that ended while we looked left out."""
    return tuple(process for pid in pids(root, ignore=ignore) if (process := look_at(pid)))


def is_housekeeping(process: Process) -> bool:
    """Whether the standard library started it for its own ends: the resource tracker, the fork server.

    A worker forked by the fork server has the server's command line; it is told by not having started a program. Those
    that were forked (`inside.housekeepers`) are known to whoever they told.
    """
    return not process.forked and bool(_HOUSEKEEPING.search(process.command))


def look_at(pid: int) -> Process | None:
    """The process with this number; None if it is no more."""
    stat = kernel.stat(pid)
    if stat is None:
        return None
    command = kernel.command(pid)
    return Process(
        pid=pid,
        ppid=stat.ppid,
        state=stat.state,
        command=command or stat.comm,
        started=stat.started,
        forked=stat.forked,
        unsettled=not command and not stat.ended,
    )


def _children(pid: int) -> list[int]:
    if not _kernel_lists_children():
        return _children_by_scan(pid)
    return [
        int(child) for tid in kernel.threads(pid) for child in kernel.text(f"/proc/{pid}/task/{tid}/children").split()
    ]


@cache
def _kernel_lists_children() -> bool:
    return not isinstance(kernel.read(f"/proc/self/task/{os.getpid()}/children"), kernel.Absent)


def _children_by_scan(parent: int) -> list[int]:
    """For kernels without CONFIG_PROC_CHILDREN: slower by the number of all processes of the machine."""
    numbers = [int(name) for name in os.listdir("/proc") if name.isdecimal()]  # noqa: PTH208 - as in kernel.threads
    return [pid for pid in numbers if (stat := kernel.stat(pid)) and stat.ppid == parent]
