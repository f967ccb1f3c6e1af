"""The private folder of a box on the machine: made, filled, removed, and swept up after a killed examiner."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from grader.errors import GraderFault
from grader.model.message import say

PREFIX = "grade-box-"
# Behind walls a box has a /dev/shm of its own, so the machine's may hold its folder: removing folders from a disk
# takes longer than ending the box. Without walls it must not, there the program's own shared memory lies in it.
FAST = "/dev/shm"  # noqa: S108  mkdtemp makes the name
LONGEST_BASE = 60  # the path of a Unix socket in the folder must stay below 104 bytes
ABANDONED_AFTER = 60.0
ENOUGH = 16 * 1024 * 1024  # bytes; our own files are a megabyte


class Folder:
    """Where the files of one box lie: `box` is what the program sees, `etc` what it finds as /etc.

    Without walls it also works here: `work` and `tmp`.
    """

    def __init__(self, path: Path, *, walls: bool) -> None:
        self.path = path
        self.box = path / "box"
        self.etc = path / "etc"
        self.empty = path / "empty"
        self.work = path / "work"
        self.tmp = path / "tmp"
        needed = (self.etc, self.empty) if walls else (self.work, self.tmp)
        for folder in (self.box, *needed):
            folder.mkdir()
            folder.chmod(0o755)

    def fill(self, files: Mapping[str, bytes]) -> None:
        """Write the box's files, readable by everyone inside."""
        for name, content in files.items():
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise GraderFault(say("a file of a box must lie in the box: {name}", name=repr(name)))
            place = self.box / name
            for parent in reversed(place.relative_to(self.box).parents[:-1]):
                (self.box / parent).mkdir(exist_ok=True)
                (self.box / parent).chmod(0o755)
            place.write_bytes(content)
            place.chmod(0o644)

    def give(self, uid: int) -> None:
        """Let a uid in, and give it what it may write; to everybody else the folder stays closed."""
        os.chown(self.path, -1, uid)
        self.path.chmod(0o710)
        for place in (self.work, self.tmp):
            os.chown(place, uid, uid)
            place.chmod(0o700)

    def describe_machine(self, uid: int) -> None:
        """Write the few files of /etc that Python asks for: the program's name, and who `localhost` is."""
        content = {
            "passwd": f"root:x:0:0::/:/bin/sh\nstudent:x:{uid}:{uid}::/work:/bin/sh\n",
            "group": f"root:x:0:\nstudent:x:{uid}:\n",
            "hosts": "127.0.0.1 localhost\n::1 localhost\n",
            "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
        }
        for name, text in content.items():
            (self.etc / name).write_text(text)
            (self.etc / name).chmod(0o644)


def bases(*, walls: bool) -> list[str]:
    """Where such a folder may lie, the best place first."""
    candidates = [FAST, tempfile.gettempdir()] if walls else [tempfile.gettempdir()]
    fitting = [path for path in candidates if len(path) <= LONGEST_BASE and os.access(path, os.W_OK)]
    return fitting or ["/tmp"]  # noqa: S108  mkdtemp makes the name


def _room(path: str) -> int:
    facts = os.statvfs(path)
    return facts.f_bavail * facts.f_frsize


@contextlib.contextmanager
def private_folder(*, walls: bool) -> Iterator[Folder]:
    """A folder that nobody else may enter; removed at the end, whatever a program left in it."""
    base = max(bases(walls=walls), key=lambda path: _room(path) >= ENOUGH)  # the first of those that have it
    _sweep(base)
    path = tempfile.mkdtemp(prefix=PREFIX, dir=base)
    held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # The lock says that the examiner lives; the kernel lets go of it with the examiner.
        fcntl.flock(held, fcntl.LOCK_EX)
        yield Folder(Path(path), walls=walls)
    finally:
        _remove(path)
        os.close(held)


@cache
def _sweep(base: str) -> None:
    """Remove what examiners left that were killed; once per process is enough."""
    for entry in os.scandir(base):
        with contextlib.suppress(OSError):
            if entry.name.startswith(PREFIX) and _abandoned(entry):
                _remove(entry.path)


def _abandoned(entry: os.DirEntry[str]) -> bool:
    facts = entry.stat(follow_symlinks=False)
    if facts.st_uid != os.geteuid() or not stat.S_ISDIR(facts.st_mode):
        return False
    if facts.st_mtime > time.time() - ABANDONED_AFTER:
        return False  # perhaps made this very moment, not yet locked
    held = os.open(entry.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(held)
    return True


def _remove(path: str) -> None:
    shutil.rmtree(path, ignore_errors=True)
    if Path(path).exists():
        _unlock(path)
        shutil.rmtree(path, ignore_errors=True)  # what still resists is swept up another day


def _unlock(path: str) -> None:
    """Open the folders that a program closed; never through a link, which may lead anywhere."""
    for above, names, _ in os.walk(path):
        for folder in (Path(above, name) for name in names):
            with contextlib.suppress(OSError):
                if not folder.is_symlink():
                    folder.chmod(0o700)
