"""What multiprocessing starts beside a program, forked here from a process that has imported it all.

At the first need the library would start an interpreter for its resource tracker and one for its fork server, which
costs more than the call that needs them. Each is `python -c TEXT`; here a fork executes the same text, before the
submission is imported: like that interpreter it has nothing of it, no memory, no handler, no descriptor.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from multiprocessing import forkserver, resource_tracker, util
from types import ModuleType
from typing import Any, NoReturn

from .privacy import process_name, set_process_name
from .vocabulary import HOUSEKEEPER

FIRST_OTHER, MOST_DESCRIPTORS = 3, 65_536
LIBRARY: Any = util
BY_THE_LIBRARY = LIBRARY.spawnv_passfds


def start_housekeepers(start_method: str) -> None:
    """Start those that this start method needs, for this process and for all that it will start."""
    LIBRARY.spawnv_passfds = _fork_instead
    try:
        if start_method == "spawn":
            resource_tracker.ensure_running()
        elif start_method == "forkserver":
            forkserver.ensure_running()
    finally:
        LIBRARY.spawnv_passfds = BY_THE_LIBRARY


def _fork_instead(_program: bytes, arguments: Sequence[str], descriptors: Sequence[int]) -> int:
    """In place of `multiprocessing.util.spawnv_passfds`, for a command `python ... -c TEXT`; returns the pid."""
    own_name = process_name()
    set_process_name(HOUSEKEEPER)  # before: whoever looks at it never sees it under another name
    pid = os.fork()
    if pid == 0:
        _become(arguments[-1], descriptors, own_name)
    set_process_name(own_name)
    return pid


def _become(text: str, descriptors: Sequence[int], workers_name: str) -> NoReturn:
    status = 1
    try:
        LIBRARY.spawnv_passfds = BY_THE_LIBRARY  # its workers, who have the submission in them, start real ones
        for state in (forkserver._forkserver, resource_tracker._resource_tracker):
            type(state).__init__(state)  # as in an interpreter that was just started; the parent's lock is taken
        _close_all_but(descriptors)
        os.register_at_fork(after_in_child=lambda: set_process_name(workers_name))
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
