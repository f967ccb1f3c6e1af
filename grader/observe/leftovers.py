"""What a call left behind: the processes and the names that are there after it and were not there before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from grader.model.observation import LeftBehind, Remainder
from grader.observe.tree import Process, is_housekeeping

LONGEST_NAME = 200
SHARED_MEMORY = "/dev/shm/"  # noqa: S108 - the place where the kernel shows it
# tempfile.mkdtemp(prefix="pymp-"), multiprocessing.util.get_temp_dir: removed by the library when the process exits.
_OF_THE_LIBRARY = re.compile(r"^pymp-\w+$")
_SEMAPHORE = re.compile(r"^sem\.")


def still_there(before: Iterable[Process], after: Iterable[Process]) -> tuple[LeftBehind, ...]:
    """Processes that appeared and did not go, or ended without being reaped; the standard library's own left out."""
    known = {(process.pid, process.started) for process in before}
    return tuple(
        LeftBehind(kind=Remainder.ZOMBIE if process.state == "Z" else Remainder.PROCESS, name=_short(process.command))
        for process in after
        if (process.pid, process.started) not in known and not is_housekeeping(process)
    )


def new_names(before: Collection[str], after: Collection[str]) -> tuple[LeftBehind, ...]:
    """Paths that appeared and did not go: shared memory, named semaphores, files; folders of the library left out."""
    return tuple(
        _named(path) for path in sorted(set(after) - set(before)) if not _OF_THE_LIBRARY.match(_last_part(path))
    )


def _named(path: str) -> LeftBehind:
    kind = Remainder.SHARED_MEMORY if path.startswith(SHARED_MEMORY) else Remainder.FILE
    name = _last_part(path)
    return LeftBehind(kind=kind, name=_short(_SEMAPHORE.sub("semaphore ", name) if kind != Remainder.FILE else name))


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _short(name: str) -> str:
    return name[:LONGEST_NAME] or "a process"
