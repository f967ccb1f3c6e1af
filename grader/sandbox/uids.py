"""A uid of its own for each box that root opens."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from grader.errors import GraderFault
from grader.model.message import say
from grader.sandbox.proctree import all_under, children, is_under

# No distribution and no container runtime hands these out; the low range is for machines that map only 65536 uids.
HIGH_RANGE = range(1_900_000_000, 1_900_000_512)
LOW_RANGE = range(60_600, 61_112)
SHARED_PLACES = ("/dev/shm", "/dev/mqueue", "/tmp", "/var/tmp")  # noqa: S108  the machine's


@contextlib.contextmanager
def own_uid() -> Iterator[int]:
    """A uid that no other box of this machine uses and nothing lives under; where to begin looking is drawn.

    What is dying there, or dead and not reaped, would still count for the limits of the next box.

    The claim is a name in the kernel (an abstract socket), so it ends with the examiner at the latest.
    """
    uids = _reserved()
    first = secrets.randbelow(len(uids))
    for number in range(len(uids)):
        uid = uids[(first + number) % len(uids)]
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as claim:
            try:
                claim.bind(f"\0ipc-grader/uid/{uid}")
            except OSError:
                continue  # another box has it
            _reap(uid)
            if all_under(uid):
                continue  # left to init by an examiner that was killed, for instance
            try:
                yield uid
            finally:
                _reap(uid)
            return
    raise GraderFault(say("every uid reserved for boxes is in use"), hint=say("grade fewer at once"))


def remove_files_of(uid: int) -> None:
    """Remove what a box left where everybody may write: under a uid of its own it can be nobody else's."""
    for place in filter(os.path.isdir, SHARED_PLACES):
        for entry in os.scandir(place):
            with contextlib.suppress(OSError):  # somebody else's, which went meanwhile
                if entry.stat(follow_symlinks=False).st_uid != uid:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink()


def _reap(uid: int) -> None:
    """Let go of what an earlier box under that uid left to us: the dead count for its number of processes, too."""
    for pid in children(os.getpid()):
        if is_under(pid, uid):
            with contextlib.suppress(OSError):  # somebody else has reaped it
                os.waitpid(pid, os.WNOHANG)


def _reserved() -> range:
    try:
        rows = [list(map(int, row.split())) for row in Path("/proc/self/uid_map").read_text().splitlines()]
    except OSError:
        return LOW_RANGE
    mapped = any(first <= HIGH_RANGE.start and HIGH_RANGE.stop <= first + count for first, _, count in rows)
    return HIGH_RANGE if mapped else LOW_RANGE
