"""The argument list of bubblewrap that makes a box of level `namespace`.

As an ordinary user the box is a user namespace. Root in a user namespace would still be the machine's root towards
files, so as root there is none: the box gets a uid of its own and loses every capability through setpriv.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import seccomp
from grader.sandbox.api import INSIDE_ROOT
from grader.sandbox.folder import Folder
from grader.sandbox.interpreter import Interpreter
from grader.sandbox.uids import own_uid

INSIDE_UID = 1000
SYSTEM_FOLDERS = ("bin", "sbin", "lib", "lib32", "lib64")
ETC = ("hosts", "nsswitch.conf", "passwd", "group")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/work",
    "TMPDIR": "/tmp",  # noqa: S108  the box's own
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What this machine's bubblewrap can do; older ones lack options that we can miss."""

    path: str
    sizes: bool = True
    locks_user_namespaces: bool = True
    mounts_proc: bool = True
    seccomp: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """One box: its folder and its bounds.

    `uid` is the box's own uid when root opens it, None in a user namespace; `filter_fd` is the seccomp filter.
    """

    folder: Folder
    disk_bytes: int
    uid: int | None
    filter_fd: int | None


def build(abilities: Abilities, folder: Folder, undo: ExitStack, *, disk_bytes: int) -> Walls:
    """Claim what a box needs besides its folder; `undo` gives it back."""
    uid = undo.enter_context(own_uid()) if os.geteuid() == 0 else None
    folder.describe_machine(INSIDE_UID if uid is None else uid)
    filter_fd = seccomp.descriptor(seccomp.Ground.NAMESPACES) if abilities.seccomp else None
    if filter_fd is not None:
        undo.callback(os.close, filter_fd)
    return Walls(folder=folder, disk_bytes=disk_bytes, uid=uid, filter_fd=filter_fd)


def arguments(abilities: Abilities, walls: Walls, interpreter: Interpreter | None = None) -> list[str]:
    """Everything up to the command that shall run inside; without an interpreter only the system can be seen."""
    return [
        abilities.path,
        *_namespaces(abilities, walls),
        *_environment(),
        *_system(walls.folder),
        *_private(abilities, walls.disk_bytes),
        *([] if interpreter is None else _python(interpreter, walls.folder)),
        *["--perms", "0755", "--dir", INSIDE_ROOT, "--ro-bind", str(walls.folder.box), INSIDE_ROOT],
        # bwrap's own root and /dev are writable tmpfs without a bound.
        *["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/work"],
        *([] if walls.filter_fd is None else ["--seccomp", str(walls.filter_fd)]),
        "--",
        *([] if walls.uid is None else _drop_root(walls.uid)),
    ]


def _namespaces(abilities: Abilities, walls: Walls) -> list[str]:
    common = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    common += ["--die-with-parent", "--new-session", "--hostname", "box"]
    if walls.uid is None:
        lock = ["--disable-userns"] if abilities.locks_user_namespaces else []
        return [*common, "--unshare-user", "--uid", str(INSIDE_UID), "--gid", str(INSIDE_UID), *lock]
    kept = [part for name in ("SETUID", "SETGID", "SETPCAP") for part in ("--cap-add", f"CAP_{name}")]
    return [*common, "--cap-drop", "ALL", *kept]


def _environment() -> list[str]:
    return ["--clearenv", *(part for name, value in ENVIRONMENT.items() for part in ("--setenv", name, value))]


def _system(folder: Folder) -> list[str]:
    parts = ["--ro-bind", "/usr", "/usr"]
    for name in SYSTEM_FOLDERS:
        place = Path("/", name)
        if place.is_symlink():
            parts += ["--symlink", str(place.readlink()), str(place)]
        elif place.is_dir():
            parts += ["--ro-bind", str(place), str(place)]
    parts += ["--perms", "0755", "--dir", "/etc"]
    for name in ("/etc/ld.so.cache", "/etc/localtime"):
        parts += ["--ro-bind-try", name, name]
    for name in ETC:
        parts += ["--ro-bind", str(folder.etc / name), f"/etc/{name}"]
    return parts


def _private(abilities: Abilities, disk_bytes: int) -> list[str]:
    size = ["--size", str(disk_bytes)] if abilities.sizes else []
    parts = ["--proc", "/proc"] if abilities.mounts_proc else ["--perms", "0755", "--dir", "/proc"]
    parts += ["--dev", "/dev"]
    for place in ("/dev/shm", "/tmp", "/work"):  # noqa: S108  the box's own
        parts += ["--perms", "1777", *size, "--tmpfs", place]
    return parts


def _python(interpreter: Interpreter, folder: Folder) -> list[str]:
    """Bind the interpreter's folders, then cover what a program must not see of them and of /usr."""
    parts: list[str] = []
    for place in interpreter.folders:
        if not Path(place).is_relative_to("/usr"):
            # bwrap 0.8 makes implied parents 0700, and a dropped uid cannot walk in: name each of them.
            for above in reversed(Path(place).parents[:-1]):
                parts += ["--perms", "0755", "--dir", str(above)]
            parts += ["--ro-bind", place, place]
    for place in interpreter.hidden:
        parts += ["--ro-bind", str(folder.empty), place]
    return parts


def _drop_root(uid: int) -> list[str]:
    setpriv = shutil.which("setpriv", path=ENVIRONMENT["PATH"]) or "/usr/bin/setpriv"
    ids = ["--reuid", str(uid), "--regid", str(uid), "--clear-groups"]
    return [setpriv, *ids, "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]
