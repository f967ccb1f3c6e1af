"""How processes ended is seen, whoever waited for them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from grader.inside.endings import Endings

METHODS = ("fork", "spawn", "forkserver")


@pytest.fixture
def endings() -> Iterator[Endings]:
    """Watching from here on, until the test is over."""
    real = BaseProcess.start
    yield Endings()
    BaseProcess.start = real  # type: ignore[method-assign]  # what was put in its place


def leave(code: int) -> None:
    """End this process: by the exit code, or by the signal of a negative one."""
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


@pytest.mark.parametrize("method", METHODS)
def test_exit_codes_are_known_in_order_of_start(endings: Endings, method: str) -> None:
    """Also of a process that the program has joined and closed."""
    context: Any = multiprocessing.get_context(method)
    for code in (0, 3, -signal.SIGKILL):
        process = context.Process(target=leave, args=(code,))
        process.start()
        process.join()
        process.close()

    assert endings.codes == [0, 3, -signal.SIGKILL]


def test_server_of_a_manager_is_left_out(endings: Endings) -> None:
    """It is the library's, and how it ends is not judged."""
    with multiprocessing.Manager() as manager:
        manager.list([1])

    assert endings.codes == []
