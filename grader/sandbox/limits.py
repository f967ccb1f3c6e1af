"""Which resource limits the processes of a box get."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from grader.model.exercise import Limits

ADDRESS_SPACE = 4 * 1024**3
OPEN_FILES = 1024
STACK = 8 * 1024**2
# The kernel counts threads: each process of a program may have one more (a queue's feeder, a manager's server).
TASKS_PER_PROCESS = 2
OUR_TASKS = 8
# Without a uid of our own the user's other programs come and go beside the box: room, so that they cost no verdict.
TASKS_OF_OTHERS = 512
FIRST_KERNEL_COUNTING_PER_NAMESPACE = (5, 14)


def task_limit(limits: Limits, *, own_count: bool) -> int:
    """RLIMIT_NPROC for a box; `own_count` says that the kernel counts only what lives in it."""
    ours = limits.processes * TASKS_PER_PROCESS + OUR_TASKS
    return ours if own_count else ours + _tasks_of(os.getuid()) + TASKS_OF_OTHERS


def counts_per_namespace(release: str) -> bool:
    """Whether a kernel of this release counts the tasks of a user namespace by themselves."""
    numbers = re.match(r"(\d+)\.(\d+)", release)
    return numbers is not None and tuple(map(int, numbers.groups())) >= FIRST_KERNEL_COUNTING_PER_NAMESPACE


def rlimits(limits: Limits, *, tasks: int) -> str:
    """The settings as `enter.py` reads them.

    Memory and CPU hold for each process. CPU is a net for what escapes the wall clock, so a zygote that served
    thousands of calls must not run into it.
    """
    settings = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": int(limits.cpu * 10) + 60,
        "RLIMIT_AS": max(ADDRESS_SPACE, 4 * limits.memory),
        "RLIMIT_DATA": limits.memory,
        "RLIMIT_FSIZE": limits.disk_bytes,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_STACK": STACK,
        "RLIMIT_MEMLOCK": 64 * 1024,
        "RLIMIT_MSGQUEUE": 819200,
        "RLIMIT_SIGPENDING": 1024,
        "RLIMIT_NPROC": tasks,
    }
    return ",".join(f"{name}={value}" for name, value in settings.items())


def _tasks_of(uid: int) -> int:
    if sys.platform != "linux":
        return 0
    count = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if entry.stat().st_uid == uid:
                count += sum(1 for _ in (entry / "task").iterdir())
        except OSError:
            continue  # it ended meanwhile
    return count
