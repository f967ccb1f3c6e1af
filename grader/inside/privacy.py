"""What others see of this process: whether they may look into it, and its name (prctl(2); Linux only)."""

from __future__ import annotations

import ctypes
import sys

PR_SET_DUMPABLE = 4
PR_SET_NAME, PR_GET_NAME = 15, 16
NAME_BYTES = 16


def set_dumpable(*, allowed: bool) -> None:
    """Allow or forbid other processes of the same user to look into this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, int(allowed), 0, 0, 0)


def process_name() -> str:
    """The name of the calling thread, "" where there is none; a process that is forked from it begins with it."""
    name = ctypes.create_string_buffer(NAME_BYTES)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_GET_NAME, name, 0, 0, 0)
    return name.value.decode(errors="replace")


def set_process_name(name: str) -> None:
    """Give the calling thread a name of at most 15 bytes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode(), 0, 0, 0)
