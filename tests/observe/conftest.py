"""Programs for tests to look at, ended with everything below them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.observe import tree
from tests.observe.starting import Start

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def linux() -> None:
    """What is observed is the kernel's /proc."""
    if sys.platform != "linux":
        pytest.skip("needs Linux: other kernels do not say what a thread waits in")


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a command with silent descriptors; its whole tree is killed after the test."""
    with ExitStack() as ending:

        def starter(
            *command: str, stdin: int = subprocess.DEVNULL, pass_fds: tuple[int, ...] = ()
        ) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                command,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                restore_signals=True,
                pass_fds=pass_fds,
            )
            ending.callback(_end, process)
            return process

        yield starter


def _end(process: subprocess.Popen[bytes]) -> None:
    # One found may have started another before it died: ask again until only zombies are left.
    while alive := [one.pid for one in tree.processes(process.pid) if one.state != "Z"]:
        for pid in alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()
