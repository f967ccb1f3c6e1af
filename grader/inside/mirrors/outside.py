"""What no gate covers: using it in an explored episode is said at once, and probes decide instead."""

from __future__ import annotations

import os
import select
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import connection
from typing import Any

from .. import gate
from . import clock

# Who waits by the first while he has his turn waits in vain: nobody else goes on meanwhile, and no virtual time passes.
# The last two tell of real time.
BY_THE_REAL_CLOCK: tuple[tuple[Any, str], ...] = (
    *((select, name) for name in ("select", "poll", "epoll")),
    *((getattr(selectors, name, None), "select") for name in ("SelectSelector", "PollSelector", "EpollSelector")),
    *((time, name) for name in ("clock_gettime", "clock_gettime_ns")),
)


def install(source: str) -> None:
    """Let each of these say that it is outside the gates, some only where the file `source` itself uses them."""
    _refuse(subprocess.Popen, "__init__", "a subprocess")
    _refuse(connection.Listener, "__init__", "a Listener")
    _refuse(connection, "Client", "a Client")
    _refuse(os, "fork", "os.fork()")
    os.pipe = _pipe
    sys.meta_path.insert(0, _NoLoops())
    for owner, name in BY_THE_REAL_CLOCK:
        if hasattr(owner, name):
            setattr(owner, name, _refusing_to(source, getattr(owner, name), f"{owner.__name__}.{name}()"))


class _NoLoops:
    """The event loop reads the clock, and waits, in code of the library."""

    def find_spec(self, name: str, *_: Any) -> None:
        """Nothing is found here."""
        if name == "asyncio":
            gate.uncontrolled(name)


def _refusing_to(source: str, real: Callable[..., Any], what: str) -> Callable[..., Any]:
    """What the library does by it is gated where it is done."""

    def called(*arguments: Any, **keywords: Any) -> Any:
        if sys._getframe(1).f_code.co_filename == source:
            gate.uncontrolled(what)
        return real(*arguments, **keywords)

    return called


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
