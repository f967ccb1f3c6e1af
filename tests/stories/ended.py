"""Whether processes end: their ends are waited for, since a box ends a moment after the examiner that held it."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Iterable

PATIENCE = 30.0  # seconds; only what stays for ever needs them


class Ends:
    """The processes of these numbers, held so that no other one that gets a number is taken for them."""

    def __init__(self, pids: Iterable[int]) -> None:
        self._handles: dict[int, int] = {}
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):  # it has ended already
                self._handles[pid] = os.pidfd_open(pid)

    def outlived(self) -> list[int]:
        """Those that do not end; may be asked once."""
        left = []
        for pid, handle in self._handles.items():
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            if not poll.poll(PATIENCE * 1000):
                left.append(pid)
            os.close(handle)
        return left
