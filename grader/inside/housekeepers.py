"""What multiprocessing starts beside a program, forked here from a process that has imported it all.

At the first need the library would start an interpreter for its resource tracker and one for its fork server, which
costs more than the call that needs them. Each is `python -c TEXT`; here a fork executes the same text, before the
submission is imported: like that interpreter it has nothing of it, no memory, no handler, no descriptor. It tells the
examiner, who believes that as long as no line of the submission has run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from multiprocessing import forkserver, resource_tracker, util
from types import ModuleType
from typing import Any, NoReturn

from .desk import Desk
from .vocabulary import Role

FIRST_OTHER, MOST_DESCRIPTORS = 3, 65_536
LIBRARY: Any = util
BY_THE_LIBRARY = LIBRARY.spawnv_passfds
PIDS: set[int] = set()
"""Those of this process."""


def start_housekeepers(start_method: str, desk: Desk) -> None:
    """Start those that this start method needs, for this process and for all that it will start."""
    LIBRARY.spawnv_passfds = partial(_fork_instead, desk)
    try:
        if start_method == "spawn":
            resource_tracker.ensure_running()
        elif start_method == "forkserver":
            forkserver.ensure_running()
    finally:
        LIBRARY.spawnv_passfds = BY_THE_LIBRARY


def _fork_instead(desk: Desk, _program: bytes, arguments: Sequence[str], descriptors: Sequence[int]) -> int:
    """In place of `multiprocessing.util.spawnv_passfds`, for a command `python ... -c TEXT`; returns the pid."""
    heard, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        _become(arguments[-1], descriptors, desk, told)
    os.close(told)
    os.read(heard, 1)  # until the examiner knows it
    os.close(heard)
    PIDS.add(pid)
    return pid


def _become(text: str, descriptors: Sequence[int], desk: Desk, told: int) -> NoReturn:
    status = 1
    try:
        desk.tell(Role.HOUSEKEEPER)
        os.close(told)
        LIBRARY.spawnv_passfds = BY_THE_LIBRARY  # its workers, who have the submission in them, start real ones
        for state in (forkserver._forkserver, resource_tracker._resource_tracker):
            type(state).__init__(state)  # as in an interpreter that was just started; the parent's lock is taken
        _close_all_but(descriptors)
        sys.modules["__main__"] = ModuleType("__main__")  # else it does not run ours again, which announces its workers
        exec(text, vars(sys.modules["__main__"]))  # noqa: S102  the library's own words
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _close_all_but(descriptors: Sequence[int]) -> None:
    first = FIRST_OTHER
    for kept in sorted(number for number in descriptors if number >= FIRST_OTHER):
        os.closerange(first, kept)
        first = kept + 1
    os.closerange(first, MOST_DESCRIPTORS)
