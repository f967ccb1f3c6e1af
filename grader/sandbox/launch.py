"""Opens boxes: fills the folder, makes the sockets, starts the launcher, waits for the zygote's birth."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader.errors import GraderFault
from grader.model.exercise import Limits
from grader.model.message import Message, say
from grader.model.observation import Isolation, Level
from grader.sandbox import bubblewrap, detect, enter, keeper, plain
from grader.sandbox.api import DESK, INSIDE_ROOT, Box
from grader.sandbox.folder import Folder, bases, private_folder
from grader.sandbox.interpreter import resolve
from grader.sandbox.limits import rlimits, task_limit
from grader.sandbox.proctree import Life, adopt_orphans
from grader.sandbox.wires import Wires

BIRTH_PATIENCE = 30.0
KEEPER_PATIENCE = 20.0  # only the keeper is exact; on a busy machine it needs its time against a fork storm
MAIN = "main.py"
# As -I -S, but for what the environment says, which is ours: ENTER sets it. Spawned children inherit all three.
FLAGS = ("-P", "-s", "-S")
# Both run on the other side as text: there is no path of ours.
ENTER = Path(enter.__file__).read_text(encoding="utf-8")
KEEPER = Path(keeper.__file__).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one box shall be."""

    isolation: Isolation
    folder: Folder
    limits: Limits
    python: str
    wires: Wires


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """The command that starts one box, and what it needs from us besides the wires."""

    command: list[str]
    environment: Mapping[str, str]
    cwd: str
    inside_root: str
    mark: str = ""
    uid: int | None = None
    descriptors: tuple[int, ...] = ()
    patience_with_root: float = 0.0


class StartedBox:
    """A Box of any level: what differs between them is in the launcher's command and in `Life`."""

    def __init__(self, isolation: Isolation, inside_root: str, wires: Wires, life: Life) -> None:
        self._isolation = isolation
        self._inside_root = inside_root
        self._wires = wires
        self._life = life
        self._zygote = wires.wait_for_birth(BIRTH_PATIENCE)
        life.born(self._zygote)
        if isolation.level is Level.NAMESPACE:
            life.enter_namespace(self._zygote)
        self._own = frozenset({life.root.pid, self._zygote, *([life.init] if life.init else [])})
        self._closing = threading.Lock()
        self._resources = ExitStack()

    def keep(self, resources: ExitStack) -> None:
        """Take over what `close` has to give back, the processes first."""
        self._resources = resources

    @property
    def root(self) -> int:
        """Host pid of bwrap or of the keeper."""
        return self._life.root.pid

    @property
    def zygote(self) -> int:
        """Host pid of the inside main process."""
        return self._zygote

    @property
    def own(self) -> frozenset[int]:
        """Host pids of our processes in the box."""
        return self._own

    @property
    def control(self) -> socket.socket:
        """Our end of the control line."""
        return self._wires.control

    @property
    def desk(self) -> socket.socket:
        """The listening socket."""
        return self._wires.desk

    @property
    def inside_root(self) -> str:
        """Where the files lie as seen from inside."""
        return self._inside_root

    @property
    def isolation(self) -> Isolation:
        """What holds for this box."""
        return self._isolation

    def alive(self) -> bool:
        """Whether the zygote still lives."""
        return self._life.root.poll() is None

    def last_words(self) -> str:
        """What launcher and zygote wrote to their standard error since the last call."""
        return self._wires.last_words()

    def close(self) -> None:
        """Kill everything, see that nothing is left, close the wires, remove the folder."""
        with self._closing, _foreign_errors(template="a box could not be closed: {reason}"):
            self._resources.close()


def open_box(isolation: Isolation, files: Mapping[str, bytes], *, limits: Limits, python: str) -> Box:
    """Start a box whose `main.py` is among `files`; returns when its zygote exists.

    `python` may be a venv's: the base interpreter behind it runs. Raises GraderFault when the box does not start.
    """
    adopt_orphans()
    with _foreign_errors(template="a box could not be opened: {reason}"), ExitStack() as undo:
        folder = undo.enter_context(private_folder(walls=isolation.level is Level.NAMESPACE))
        folder.fill(files)
        wires = Wires(folder.box / DESK, undo)
        order = Order(isolation=isolation, folder=folder, limits=limits, python=python, wires=wires)
        launcher = _launcher(order, undo)
        process = _start(launcher, wires)
        life = Life(process, mark=launcher.mark, uid=launcher.uid, patience_with_root=launcher.patience_with_root)
        undo.callback(life.end)
        wires.hand_over()
        box = StartedBox(isolation, launcher.inside_root, wires, life)
        box.keep(undo.pop_all())
        return box


def _launcher(order: Order, undo: ExitStack) -> Launcher:
    match order.isolation.level:
        case Level.NAMESPACE:
            return _behind_walls(order, undo)
        case Level.NONE | Level.LIMITS | Level.USER:
            return _without_walls(order, undo)


def _behind_walls(order: Order, undo: ExitStack) -> Launcher:
    abilities = detect.find().abilities
    if abilities is None:
        raise GraderFault(
            say("a box of level {level} was asked for where bubblewrap does not work", level=str(Level.NAMESPACE))
        )
    interpreter = resolve(order.python)
    walls = bubblewrap.build(abilities, order.folder, undo, disk_bytes=order.limits.disk_bytes)
    tasks = task_limit(order.limits, own_count="processes" in order.isolation.enforced)
    return Launcher(
        command=[
            *bubblewrap.arguments(abilities, walls, interpreter),
            *_zygote(order, interpreter.executable, INSIDE_ROOT, tasks=tasks, bonds=plain.UNBOUND),
        ],
        environment={},
        cwd="/",
        inside_root=INSIDE_ROOT,
        descriptors=() if walls.filter_fd is None else (walls.filter_fd,),
    )


def _without_walls(order: Order, undo: ExitStack) -> Launcher:
    interpreter = resolve(order.python)
    python, root = interpreter.executable, str(order.folder.box)
    bonds = plain.bind(order.isolation.level, order.folder, interpreter, undo)
    mark = secrets.token_hex(8)
    tasks = task_limit(order.limits, own_count=bonds.own_uid is not None)
    zygote = _zygote(order, python, root, tasks=tasks, bonds=bonds)
    return Launcher(
        command=plain.below_keeper(python, KEEPER, (*order.wires.passed, bonds.uid), zygote),
        environment=plain.environment(order.folder, mark),
        cwd=str(order.folder.work),
        inside_root=root,
        mark=mark,
        uid=bonds.own_uid,
        descriptors=bonds.descriptors,
        patience_with_root=KEEPER_PATIENCE,
    )


def _zygote(order: Order, python: str, root: str, *, tasks: int, bonds: plain.Bonds) -> list[str]:
    line, control = map(str, order.wires.passed)
    enters = [python, "-I", "-S", "-c", ENTER, line, rlimits(order.limits, tasks=tasks), str(bonds)]
    return [*enters, python, *FLAGS, f"{root}/{MAIN}", control]


def _start(launcher: Launcher, wires: Wires) -> subprocess.Popen[bytes]:
    """Start it from a thread that lives as long as we do: a box dies with the thread that started it."""
    started = _launching_thread(os.getpid()).submit(_popen, launcher, wires)
    try:
        return started.result()
    except BaseException:
        started.add_done_callback(_kill_unclaimed)  # interrupted: nobody else will know of it
        raise


@cache
def _launching_thread(process: int) -> ThreadPoolExecutor:  # a fork of us must not wait for a thread it does not have
    return ThreadPoolExecutor(1, thread_name_prefix=f"boxes-of-{process}")


def _popen(launcher: Launcher, wires: Wires) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  the command is ours
        launcher.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=wires.words_inside,
        pass_fds=(*wires.passed, *launcher.descriptors),
        env=launcher.environment,
        cwd=launcher.cwd,
        start_new_session=True,
        umask=0o022,
    )


def _kill_unclaimed(started: Future[subprocess.Popen[bytes]]) -> None:
    if not started.cancelled() and started.exception() is None:
        process = started.result()
        process.kill()
        process.wait()


@contextlib.contextmanager
def _foreign_errors(*, template: str) -> Iterator[None]:
    """The border where errors of the system become ours."""
    try:
        yield
    except (OSError, subprocess.SubprocessError) as error:
        full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        room = say("make room in one of these: {folders}", folders=", ".join(bases(walls=True))) if full else ""
        raise GraderFault(Message(template=template, values={"reason": str(error)}), hint=room) from error
