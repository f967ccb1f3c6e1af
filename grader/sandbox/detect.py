"""Which level of isolation this machine allows, found by trying."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.errors import UsageError
from grader.model.message import Message, say
from grader.model.observation import Isolation, Level
from grader.sandbox import limits, seccomp
from grader.sandbox.bubblewrap import Abilities, arguments, build
from grader.sandbox.folder import private_folder
from grader.sandbox.proctree import adopt_orphans, children

WALLS = ("pid", "ipc", "net", "mount", "uts", "uid", "capabilities", "seccomp")
EVERYTHING = (*WALLS, "memory", "processes", "cpu", "disk", "output")
HELD_WITHOUT_WALL = ("memory", "cpu", "output")
PATIENCE = 5.0
TRIAL_BYTES = 1024 * 1024
APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why there is no stronger isolation, and the way out."""

    why: Message
    way_out: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The strongest isolation here; what bubblewrap can do, if it works; what is in the way, if something is."""

    isolation: Isolation
    abilities: Abilities | None = None
    obstacle: Obstacle | None = None


def detect(demanded: Level = Level.NONE) -> Isolation:
    """The strongest isolation of this machine; raises UsageError when it is weaker than demanded."""
    found = find()
    if found.isolation.level.rank < demanded.rank:
        why, way_out = ("", "") if found.obstacle is None else (str(found.obstacle.why), str(found.obstacle.way_out))
        message = f"Isolation level '{demanded}' is not available here, only '{found.isolation.level}'. {why}"
        raise UsageError(message.rstrip(), hint=way_out)
    return found.isolation


def find() -> Finding:
    """Everything known about this machine; tried once per process."""
    return _try(shutil.which("bwrap"), os.geteuid())


@cache
def _try(bwrap: str | None, euid: int) -> Finding:
    if bwrap is None:
        return Finding(isolation=_without_wall(), obstacle=Obstacle(why=NO_BWRAP, way_out=INSTALL_BWRAP))
    if euid == 0 and shutil.which("setpriv", path="/usr/bin:/bin") is None:
        return Finding(isolation=_without_wall(), obstacle=Obstacle(why=NO_SETPRIV, way_out=INSTALL_SETPRIV))
    abilities = Abilities(path=bwrap, seccomp=seccomp.program() is not None)
    while True:
        complaint = _trial(abilities)
        if not complaint:
            return Finding(isolation=_behind_wall(abilities, euid), abilities=abilities)
        weaker = _do_without(abilities, complaint)
        if weaker == abilities:
            return Finding(isolation=_without_wall(), obstacle=classify(complaint, apparmor=_apparmor_restricts()))
        abilities = weaker


def _trial(abilities: Abilities) -> str:
    """Run /bin/true behind the real walls; the complaint, or "" when it went well."""
    with private_folder(walls=True) as folder, _orphans_reaped(), ExitStack() as undo:
        walls = build(abilities, folder, undo, disk_bytes=TRIAL_BYTES, slot=0)
        try:
            done = subprocess.run(  # noqa: S603  the list is ours
                [*arguments(abilities, walls), "/bin/true"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                pass_fds=() if walls.filter_fd is None else (walls.filter_fd,),
                env={},
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
    return "" if done.returncode == 0 else done.stderr.strip() or f"exit code {done.returncode}"


@contextlib.contextmanager
def _orphans_reaped() -> Iterator[None]:
    """Reap what outlives bwrap for a moment: it ends before the namespace's init does."""
    adopt_orphans()
    before = set(children(os.getpid()))
    yield
    for orphan in set(children(os.getpid())) - before:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(orphan, 0)


def _do_without(abilities: Abilities, complaint: str) -> Abilities:
    """The same without what the complaint is about, if we can miss it."""
    if "nknown option --size" in complaint:
        return dataclasses.replace(abilities, sizes=False)
    if "nknown option --disable-userns" in complaint:
        return dataclasses.replace(abilities, locks_user_namespaces=False)
    if "mount proc" in complaint:  # a container masks parts of its own; multiprocessing works without any
        return dataclasses.replace(abilities, mounts_proc=False)
    if "SECCOMP" in complaint:
        return dataclasses.replace(abilities, seccomp=False)
    return abilities


def classify(complaint: str, *, apparmor: bool) -> Obstacle:
    """What bubblewrap's complaint means for the person at the keyboard."""
    last = complaint.splitlines()[-1]
    about_namespaces = any(word in complaint for word in ("uid map", "RTM_NEWADDR", "namespace", "unshare", "clone"))
    if about_namespaces and apparmor:
        return Obstacle(why=say(APPARMOR_RESTRICTS, complaint=last), way_out=ALLOW_IN_APPARMOR)
    if about_namespaces or "not permitted" in complaint:
        return Obstacle(why=say(NO_NAMESPACES, complaint=last), way_out=ALLOW_NAMESPACES)
    if "nknown option" in complaint:
        return Obstacle(why=say(OLD_BWRAP, complaint=last), way_out=INSTALL_BWRAP)
    return Obstacle(why=say(OTHER, complaint=last), way_out=TRY_BY_HAND)


def _apparmor_restricts() -> bool:
    try:
        return APPARMOR.read_text().strip() == "1"
    except OSError:
        return False


def _behind_wall(abilities: Abilities, euid: int) -> Isolation:
    held = {
        "seccomp": abilities.seccomp,
        "disk": abilities.sizes,
        "processes": euid == 0 or limits.counts_per_namespace(os.uname().release),
    }
    return _isolation(Level.NAMESPACE, tuple(name for name in EVERYTHING if held.get(name, True)))


def _without_wall() -> Isolation:
    given = ("uid", "processes") if os.geteuid() == 0 else ()
    return _isolation(Level.NONE, (*given, *HELD_WITHOUT_WALL))


def _isolation(level: Level, enforced: tuple[str, ...]) -> Isolation:
    missing = tuple(name for name in EVERYTHING if name not in enforced)
    return Isolation(level=level, enforced=enforced, missing=missing)


NO_BWRAP = say("bubblewrap is not installed.")
INSTALL_BWRAP = say("Install it: apt install bubblewrap (0.8 or newer), or dnf install bubblewrap.")
NO_SETPRIV = say("setpriv is not installed, and root needs it to give up its rights.")
INSTALL_SETPRIV = say("Install it: apt install util-linux.")
APPARMOR_RESTRICTS = "AppArmor keeps ordinary users from making namespaces ({complaint})."
ALLOW_IN_APPARMOR = say(
    "Allow it for bwrap with an AppArmor profile, or on a machine of your own: "
    "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
)
NO_NAMESPACES = "Namespaces are not allowed here ({complaint})."
ALLOW_NAMESPACES = say(
    "In a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
    "--security-opt systempaths=unconfined; elsewhere see the sysctl user.max_user_namespaces."
)
OLD_BWRAP = "This bubblewrap is too old ({complaint})."
OTHER = "bubblewrap does not work here ({complaint})."
TRY_BY_HAND = say("Try it by hand: bwrap --unshare-all --ro-bind / / true")
