"""How the processes end that multiprocessing starts from this one."""

from __future__ import annotations

import sys
from multiprocessing import process as _process
from typing import Any

process: Any = _process  # its private parts are what is looked at


class Endings:
    """Watches from its making on; a manager's server is the library's process and is left out.

    What is kept of a process is what waits for it, never the Process: a subclass would keep its queues alive.
    """

    def __init__(self) -> None:
        self._started: list[Any] = []
        real, started = process.BaseProcess.start, self._started

        def start(self: Any) -> None:
            server = _is_server(self)
            real(self)
            if not server:
                started.append(self._popen)

        process.BaseProcess.start = start

    @property
    def codes(self) -> list[int | None]:
        """The exit codes in order of starting; None for one that still runs, -n for one that signal n has ended."""
        return [popen.poll() for popen in self._started]


def _is_server(process: Any) -> bool:
    """Whether it is a manager's; a program without managers has not imported them, and need not (47 ms)."""
    managers = sys.modules.get("multiprocessing.managers")
    target = getattr(getattr(process, "_target", None), "__func__", None)
    return managers is not None and target is managers.BaseManager._run_server.__func__
