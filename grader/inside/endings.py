"""How the processes end that multiprocessing starts from this one."""

from __future__ import annotations

from multiprocessing import managers as _managers
from multiprocessing import process as _process
from typing import Any

managers: Any = _managers  # its private parts are what is looked at
process: Any = _process  # its private parts are what is looked at


class Endings:
    """Watches from its making on; a manager's server is the library's process and is left out.

    What is kept of a process is what waits for it, never the Process: a subclass would keep its queues alive.
    """

    def __init__(self) -> None:
        self._started: list[Any] = []
        real, started = process.BaseProcess.start, self._started

        def start(self: Any) -> None:
            server = (
                getattr(getattr(self, "_target", None), "__func__", None) is managers.BaseManager._run_server.__func__
            )
            real(self)
            if not server:
                started.append(self._popen)

        process.BaseProcess.start = start

    @property
    def codes(self) -> list[int | None]:
        """The exit codes in order of starting; None for one that still runs, -n for one that signal n has ended."""
        return [popen.poll() for popen in self._started]
