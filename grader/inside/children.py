"""The processes that this one has started and that are still there, as the kernel lists them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from .housekeepers import PIDS

OF_THE_LIBRARY = ("resource_tracker", "forkserver", "resource_sharer")  # as their commands have it


def own_children() -> list[str]:
    """The programs they run, "a zombie" for a dead one; what multiprocessing starts for its own ends is left out."""
    children: list[str] = []
    commands: list[str] = []
    with contextlib.suppress(OSError):  # no Linux, or it has ended meanwhile
        for thread in Path("/proc/self/task").iterdir():
            children += (thread / "children").read_text().split()
        places = [Path(f"/proc/{child}") for child in children if int(child) not in PIDS]
        commands += [(place / "cmdline").read_bytes().decode(errors="replace") for place in places]
    return [_program(command) for command in commands if not any(name in command for name in OF_THE_LIBRARY)]


def _program(command: str) -> str:
    """What a student calls it, "python3.11": neither where it lies on this machine nor what it was called with."""
    return Path(command.partition("\0")[0]).name or "a zombie"
