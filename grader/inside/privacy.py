"""Whether other processes of the same user may look into this one."""

from __future__ import annotations

import ctypes
import sys

PR_SET_DUMPABLE = 4


def set_dumpable(*, allowed: bool) -> None:
    """Allow or forbid it (prctl(2), PR_SET_DUMPABLE; Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, int(allowed), 0, 0, 0)
