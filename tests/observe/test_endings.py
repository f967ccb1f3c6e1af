"""How a process ended is known although somebody else has waited for it."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
from collections.abc import Iterator

import pytest

from grader.observe.endings import Endings
from tests.observe.starting import Start, python

FIRST = (6, 15)


@pytest.fixture
def endings() -> Iterator[Endings]:
    """Nobody is watched yet."""
    release = re.match(r"(\d+)\.(\d+)", platform.release())
    if release is None or tuple(map(int, release.groups())) < FIRST:
        pytest.skip("needs Linux 6.15: older kernels forget how a process ended once it was waited for")
    opened = Endings()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("ends", "code"),
    [("pass", 0), ("import os; os._exit(3)", 3), ("import os; os.kill(os.getpid(), 9)", -signal.SIGKILL)],
)
def test_the_exit_code_is_told_after_it_was_fetched(start: Start, endings: Endings, ends: str, code: int) -> None:
    """Exit codes as they are, signals as negative numbers."""
    process = start(*python(f"input(); {ends}"), stdin=subprocess.PIPE)
    endings.watch(process.pid)
    assert list(endings.codes()) == []

    process.communicate(b"\n")

    assert list(endings.codes()) == [(process.pid, code)]


def test_a_number_that_is_nobody_is_not_watched(endings: Endings) -> None:
    """It ended before it could be."""
    endings.watch(0)
    endings.watch(2**22 + os.getpid())

    assert list(endings.codes()) == []
