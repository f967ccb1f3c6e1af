"""What a box without namespaces may open: an allow-list of files, compiled by landlockpy (optional) into a descriptor.

The examiner makes the ruleset, the box inherits its descriptor and binds itself to it (`enter.py`): no package of ours
is needed inside. Rules only allow, so a folder with something hidden in it is granted entry by entry.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.sandbox.folder import Folder
from grader.sandbox.interpreter import Interpreter

ABI_OF_SIGNALS = 6  # Linux 6.12: signals and abstract sockets end at the domain
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
# Programs ask /proc about themselves and their children, and ours do. What a box without a pid namespace sees there of
# others is what every user sees; environments, descriptors and memory of who is outside stay closed (landlock(7)).
READABLE = (
    "/proc",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/hosts",
    "/etc/nsswitch.conf",
    "/sys/devices/system/cpu",
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SHARED_MEMORY = "/dev/shm"  # noqa: S108  where the kernel keeps it: the machine's, for there is no other


def installed() -> bool:
    """Whether landlockpy can be imported."""
    return find_spec("landlockpy") is not None


@cache
def abi() -> int:
    """The version of Landlock that the kernel offers; 0 where there is none."""
    import landlockpy

    return int(landlockpy.abi_version()) if landlockpy.supported() else 0


def ruleset(folder: Folder, interpreter: Interpreter, undo: ExitStack) -> int:
    """A descriptor of the rules for one box; `undo` closes it."""
    import landlockpy

    access: Any = landlockpy.AccessFS
    look = access.READ_FILE | access.READ_DIR | access.EXECUTE
    change = access.WRITE_FILE | access.TRUNCATE
    everything = access(landlockpy.fs_for_abi(abi())) & ~(access.MAKE_CHAR | access.MAKE_BLOCK)
    rules = undo.enter_context(
        landlockpy.Ruleset(
            handled_net=landlockpy.AccessNet.NONE,
            scoped=landlockpy.Scope.ABSTRACT_UNIX_SOCKET | landlockpy.Scope.SIGNAL,
        )
    )
    shown, passed = _apart((*SYSTEM, *interpreter.folders), interpreter.hidden)
    granted = [(path, access.READ_DIR) for path in passed]
    granted += [(path, look) for path in shown]
    granted += [(path, access.READ_FILE | access.READ_DIR) for path in READABLE]
    granted += [(path, access.READ_FILE | change) for path in DEVICES]
    granted += [(str(folder.box), look | access.RESOLVE_UNIX)]
    granted += [(path, everything) for path in (str(folder.work), str(folder.tmp), SHARED_MEMORY)]
    for path, rights in granted:
        if os.path.lexists(path):
            rules.allow_path(path, rights if Path(path).is_dir() else rights & ~access.READ_DIR)
    return int(rules.fileno())


def _apart(folders: Iterable[str], hidden: Iterable[str]) -> tuple[list[str], list[str]]:
    """What can be granted as a whole, and the folders above something hidden, which can only be listed."""
    shown: list[str] = []
    passed: list[str] = []
    waiting = list(folders)
    while waiting:
        path = waiting.pop()
        if path in hidden or not Path(path).exists():
            continue
        if any(Path(other).is_relative_to(path) for other in hidden):
            passed.append(path)
            waiting += [entry.path for entry in os.scandir(path) if not entry.is_symlink()]
        else:
            shown.append(path)
    return shown, passed
