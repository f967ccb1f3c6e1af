"""How the processes of a program ended, measured: the kernel tells whoever holds a descriptor of them, even afterwards.

Of Linux 6.15 and later (PIDFD_GET_INFO with PIDFD_INFO_EXIT, include/uapi/linux/pidfd.h); elsewhere nothing is known.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator

GET_INFO = 0xC040FF0B  # _IOWR(0xFF, 11, struct pidfd_info) in its first version
EXIT = 1 << 3
SIZE, MASK_AT, CODE_AT = 64, 0, 60
MOST = 256


class Endings:
    """Watches processes from their births on, in that order."""

    def __init__(self) -> None:
        self._handles: dict[int, int] = {}

    def watch(self, pid: int) -> None:
        """Watch a process that was just born."""
        if pid > 0 and pid not in self._handles and len(self._handles) < MOST and hasattr(os, "pidfd_open"):
            try:
                self._handles[pid] = os.pidfd_open(pid)
            except OSError:
                return  # it has ended already

    def codes(self) -> Iterator[tuple[int, int]]:
        """(pid, exit code) of those that have ended; -n for one that signal n has ended."""
        for pid, handle in self._handles.items():
            status = _status(handle)
            if status is not None:
                yield pid, -(status & 0x7F) if status & 0x7F else status >> 8

    def close(self) -> None:
        """Let go of all of them."""
        for handle in self._handles.values():
            os.close(handle)
        self._handles.clear()


def _status(handle: int) -> int | None:
    import fcntl  # not on Windows

    info = bytearray(SIZE)
    struct.pack_into("Q", info, MASK_AT, EXIT)
    try:
        fcntl.ioctl(handle, GET_INFO, info)
    except OSError:
        return None  # an older kernel
    told, status = struct.unpack_from("Q", info, MASK_AT)[0], struct.unpack_from("i", info, CODE_AT)[0]
    return int(status) if told & EXIT else None
