"""How tests of this room start programs, and the words they share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

HERE = Path(__file__).parent
PROVED_WITHIN = 60.0
"""Seconds for start, import and proof: a bound for "never". Alone it takes 0.5, with 25 busy processes beside it 7."""


class Start(Protocol):
    """Starts a command whose tree is ended after the test."""

    def __call__(
        self, *command: str, stdin: int = subprocess.DEVNULL, pass_fds: tuple[int, ...] = ()
    ) -> subprocess.Popen[bytes]:
        """Start it."""


def named(program: Callable[[], None], method: str) -> tuple[str, ...]:
    """The command that runs one of our programs."""
    return (
        sys.executable,
        str(HERE / Path(str(sys.modules[program.__module__].__file__)).name),
        program.__name__,
        method,
    )


def python(source: str) -> tuple[str, ...]:
    """The command that runs some lines of Python."""
    return (sys.executable, "-c", source)


def heard(process: subprocess.Popen[bytes]) -> str:
    """The next line that a program writes: it has come as far as that."""
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()
