"""The processes that this one has started and that are still there, as the kernel lists them."""

from __future__ import annotations

import contextlib
import select
from pathlib import Path

from .housekeepers import PIDS

LOOKS, LOOK_AGAIN = 200, 0.005  # seconds; not by the clock, which a program in turns does not have
OF_THE_LIBRARY = ("resource_tracker", "forkserver", "resource_sharer")  # as their commands have it


def own_children() -> list[str]:
    """The programs they run, "a zombie" for a dead one; what multiprocessing starts for its own ends is left out."""
    children: list[str] = []
    with contextlib.suppress(OSError):  # no Linux
        for thread in Path("/proc/self/task").iterdir():
            with contextlib.suppress(OSError):  # it has ended meanwhile
                children += (thread / "children").read_text().split()
    commands = [_command(Path(f"/proc/{child}")) for child in children if int(child) not in PIDS]
    known = [command for command in commands if command is not None]
    return [_program(command) for command in known if not any(name in command for name in OF_THE_LIBRARY)]


def _command(process: Path) -> str | None:
    """The command line, "" for a dead one, None if it is gone; who is just starting a program has none for a moment.

    Under load the library's resource tracker was taken for a zombie in that moment.
    """
    for _ in range(LOOKS):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            if command or "\nState:\tZ" in (process / "status").read_text():
                return command
        except OSError:
            return None
        select.select([], [], [], LOOK_AGAIN)
    return ""


def _program(command: str) -> str:
    """What a student calls it, "python3.11": neither where it lies on this machine nor what it was called with."""
    return Path(command.partition("\0")[0]).name or "a zombie"
