"""Asking a box in one line what is seen inside, and the machine what is left of it."""

from __future__ import annotations

import ast
import select
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from grader.model.exercise import Limits
from grader.model.observation import Isolation, Level
from grader.sandbox.api import Box

HERE = Path(__file__).parent
WITHOUT_WALLS = Isolation(level=Level.NONE)
PATIENCE = 20.0


class Opener(Protocol):
    """Opens a box that is closed after the test."""

    def __call__(
        self, isolation: Isolation, *, limits: Limits = ..., python: str = ..., files: dict[str, bytes] | None = None
    ) -> Box:
        """Open one."""


def inside_files() -> dict[str, bytes]:
    """The stand-in program and what it imports."""
    return {
        "main.py": (HERE / "insider.py").read_bytes(),
        "sub/features.py": (HERE / "features.py").read_bytes(),
    }


def ask(box: Box, question: str) -> Any:
    """What the last line of `question`, an expression, is inside; earlier lines are executed before it."""
    box.control.settimeout(PATIENCE)
    box.control.send(question.encode())
    answer = box.control.recv(65536).decode()
    assert answer, box.last_words()
    return ast.literal_eval(answer)


def accept(box: Box) -> tuple[socket.socket, int]:
    """The next connection to the desk, with the pid of its other end as the kernel knows it."""
    assert select.select([box.desk], [], [], PATIENCE)[0], box.last_words()
    line, _ = box.desk.accept()
    line.settimeout(PATIENCE)
    credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return line, struct.unpack("3i", credentials)[0]


def inhabitants(box: Box) -> Callable[[], list[int]]:
    """Which processes of the machine belong to a box that answered already: to be asked after its end too."""
    if box.isolation.level is Level.NAMESPACE:
        namespace = _namespace(box.zygote)
        return lambda: [pid for pid in _pids() if _namespace(pid) == namespace]
    mark = next(entry for entry in _environment(box.zygote) if entry.startswith(b"GRADE_BOX="))
    return lambda: [pid for pid in _pids() if mark in _environment(pid)]


def is_there(pid: int) -> bool:
    """Whether the machine has such a process, be it a zombie."""
    return Path(f"/proc/{pid}").exists()


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _namespace(pid: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/ns/pid").readlink())
    except OSError:
        return ""


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []
