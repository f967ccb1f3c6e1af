"""What no gate covers: using it in an explored episode is said at once, and probes decide instead."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import connection
from typing import Any

from .. import gate
from . import clock


def install() -> None:
    """Let each of these say that it is outside the gates."""
    _refuse(subprocess.Popen, "__init__", "a subprocess")
    _refuse(connection, "Listener", "a Listener")
    _refuse(connection, "Client", "a Client")
    _refuse(os, "fork", "os.fork()")
    os.pipe = _pipe


def _refuse(owner: Any, name: str, what: str) -> None:
    setattr(owner, name, _refusing(getattr(owner, name), what))


def _refusing(real: Callable[..., Any], what: str) -> Callable[..., Any]:
    def called(*arguments: Any, **keywords: Any) -> Any:
        gate.uncontrolled(what)
        return real(*arguments, **keywords)

    return called


_real_pipe = os.pipe


def _pipe() -> tuple[int, int]:
    if not clock.is_library(sys._getframe(1)):  # a queue makes its pipe itself, and its operations are gated
        gate.uncontrolled("os.pipe()")
    return _real_pipe()
