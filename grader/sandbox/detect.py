"""Which level of isolation this machine allows, found by trying from the top of the ladder downwards."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.errors import UsageError
from grader.model.message import Message, say
from grader.model.observation import Isolation, Level
from grader.sandbox import enter, landlock, limits, plain, seccomp
from grader.sandbox.bubblewrap import Abilities, arguments, build
from grader.sandbox.folder import private_folder
from grader.sandbox.interpreter import resolve
from grader.sandbox.proctree import adopt_orphans, children
from grader.texts import translate

WALLS = ("pid", "ipc", "net", "mount", "uts", "uid", "capabilities", "seccomp")
EVERYTHING = (*WALLS, "files", "signals", "memory", "processes", "cpu", "disk", "output")
HELD_WITHOUT_WALL = ("memory", "cpu", "output")
HELD_BY_OWN_UID = ("uid", "signals", "processes")
HELD_BY_BONDS = ("seccomp", "capabilities", "files", "signals")
PATIENCE = 5.0
TRIAL_BYTES = 1024 * 1024
ENTER = Path(enter.__file__).read_text(encoding="utf-8")  # it runs on the other side as text
APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why there is no stronger isolation, and the way out."""

    why: Message
    way_out: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The strongest isolation here; what bubblewrap can do, if it works; what is in the way of more."""

    isolation: Isolation
    abilities: Abilities | None = None
    obstacles: tuple[Obstacle, ...] = ()


def detect(demanded: Level = Level.NONE) -> Isolation:
    """The strongest isolation of this machine; raises UsageError when it is weaker than demanded."""
    found = find()
    if found.isolation.level.rank < demanded.rank:
        raise _refusal(demanded, found)
    return found.isolation


def _refusal(demanded: Level, found: Finding) -> UsageError:
    """What is in the way and the ways out, each of them said in both languages."""
    levels = {"demanded": str(demanded), "level": str(found.isolation.level)}
    if not found.obstacles:
        return UsageError(say("Isolation level '{demanded}' is not available here, only '{level}'.", **levels))
    whys = [obstacle.why for obstacle in found.obstacles]
    ways = [obstacle.way_out for obstacle in found.obstacles]
    return UsageError(
        say(
            "Isolation level '{demanded}' is not available here, only '{level}'. {why}",
            why=_joined(whys, "en"),
            why_zh=_joined(whys, "zh"),
            **levels,
        ),
        hint=say("{ways_out}", ways_out=_joined(ways, "en"), ways_out_zh=_joined(ways, "zh")),
    )


def _joined(sentences: list[Message], language: str) -> str:
    return (" " if language == "en" else "").join(translate(sentence, language) for sentence in sentences)


def find() -> Finding:
    """Everything known about this machine; tried once per process."""
    return _try(shutil.which("bwrap"), os.geteuid())


@cache
def _try(bwrap: str | None, euid: int) -> Finding:
    if bwrap is None:
        return _without_namespaces(euid, Obstacle(why=NO_BWRAP, way_out=INSTALL_BWRAP))
    if euid == 0 and shutil.which("setpriv", path="/usr/bin:/bin") is None:
        return _without_namespaces(euid, Obstacle(why=NO_SETPRIV, way_out=INSTALL_SETPRIV))
    abilities = Abilities(path=bwrap, seccomp=seccomp.program(seccomp.Ground.NAMESPACES) is not None)
    while True:
        complaint = _trial(abilities)
        if not complaint:
            missing = () if abilities.seccomp else (Obstacle(why=NO_SECCOMP, way_out=INSTALL_EXTRA),)
            return Finding(isolation=_behind_wall(abilities, euid), abilities=abilities, obstacles=missing)
        weaker = _do_without(abilities, complaint)
        if weaker == abilities:
            return _without_namespaces(euid, classify(complaint, apparmor=_apparmor_restricts()))
        abilities = weaker


def _without_namespaces(euid: int, above: Obstacle) -> Finding:
    """The strongest of the lower rungs: `user` for root, `limits` for others, else `none`."""
    level = Level.USER if euid == 0 else Level.LIMITS
    obstacle = _in_the_way_of_bonds(euid)
    if obstacle is None:
        complaint = _trial_of_bonds(level)
        if not complaint:
            return Finding(isolation=isolation_of(level), obstacles=(above,))
        why = say("A process cannot bind itself here ({complaint}).", complaint=complaint.splitlines()[-1])
        obstacle = Obstacle(why=why, way_out=INSTALL_BWRAP)
    return Finding(isolation=isolation_of(Level.NONE), obstacles=(above, obstacle))


def _in_the_way_of_bonds(euid: int) -> Obstacle | None:
    """Why a process cannot bind itself here, known without trying."""
    if seccomp.program(seccomp.Ground.OWN_UID) is None or not landlock.installed():
        return Obstacle(why=NO_EXTRA, way_out=INSTALL_EXTRA)
    needed = 1 if euid == 0 else landlock.ABI_OF_SIGNALS
    if landlock.abi() < needed:
        why = say("This kernel has Landlock {abi}, and {needed} is needed.", abi=landlock.abi(), needed=needed)
        return Obstacle(why=why, way_out=NEWER_KERNEL)
    return None


def _trial_of_bonds(level: Level) -> str:
    """Bind a process as a box of this level would and let it run /bin/true; the complaint, or ""."""
    with private_folder(walls=False) as folder, ExitStack() as undo:
        try:
            interpreter = resolve(sys.executable)
            bonds = plain.bind(level, folder, interpreter, undo)
            line = os.open(os.devnull, os.O_WRONLY)
            undo.callback(os.close, line)
            done = subprocess.run(  # noqa: S603  the list is ours
                [interpreter.executable, "-I", "-S", "-c", ENTER, str(line), "RLIMIT_CORE=0", str(bonds), "/bin/true"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                pass_fds=(line, *bonds.descriptors),
                env={},
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
    return "" if done.returncode == 0 else done.stderr.strip() or f"exit code {done.returncode}"


def _trial(abilities: Abilities) -> str:
    """Run /bin/true behind the real walls; the complaint, or "" when it went well."""
    with private_folder(walls=True) as folder, _orphans_reaped(), ExitStack() as undo:
        walls = build(abilities, folder, undo, disk_bytes=TRIAL_BYTES)
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


def isolation_of(level: Level) -> Isolation:
    """What holds in a box without namespaces: what a uid of its own gives, and what the box does to itself."""
    given = set(HELD_WITHOUT_WALL)
    if os.geteuid() == 0:
        given.update(HELD_BY_OWN_UID)
    if level is not Level.NONE:
        given.update(HELD_BY_BONDS)
    return _isolation(level, tuple(name for name in EVERYTHING if name in given))


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
NO_SECCOMP = say("System calls are not filtered: the extra [sandbox] is not installed, or libseccomp is missing.")
NO_EXTRA = say("The packages of the extra [sandbox] are not installed, or libseccomp is missing.")
INSTALL_EXTRA = say("Install them: pip install 'ipc-grader[sandbox]', and apt install libseccomp2.")
NEWER_KERNEL = say("It comes with Linux 6.12 (for root: 5.13), with landlock among the modules of lsm= at boot.")
