"""The gate: before each operation on something shared a worker asks the coordinator for its turn.

    worker                               coordinator (in the examiner)
      ask: op, resource, line ---------->  waits until every worker has asked
      <---------- go / late, virtual time  chooses one
      tries the real operation once
      ask again, if it was not possible -> grants again when that can have changed

Real primitives do the work; only the order is decided outside. A worker is a thread of a process; the queue's feeder
thread is one of its own. Without `install` every function here passes through.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import socket
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from .desk import Desk
from .told import Told
from .vocabulary import ASK_BYTES, Aspect, Handling, Op, Role

Need = tuple[str, Aspect]

CLOCK_READS = 300  # readings of the clock without a turn, after which a loop is taken for one that waits by it
BEGINNING = "_bootstrap"  # of a process and of a thread, in the library (cpython: multiprocessing/process.py)
MOMENTS = (0.01, 0.25)  # virtual seconds that such a loop then sleeps: at first, and at most


class _Gate:
    """The state of this process; `me` is None where the gate is off."""

    def __init__(self) -> None:
        self.desk: Desk | None = None
        self.source = ""
        self.me: str | None = None
        self.child: str | None = None
        self.children = 0
        self.made: dict[str, int] = {}
        self.time = 0.0
        self.moment = MOMENTS[0]
        self.gone: frozenset[str] = frozenset()
        self.abandoned: set[str] = set()
        self.connections: list[socket.socket] = []
        self.names: dict[str, str] = {}
        self.is_free = False
        self.threads: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        self.processes = False
        self.serving = False


_gate = _Gate()
_thread = threading.local()
_told = Told()


def open_gate(desk: Desk, source: str) -> None:
    """Make this process the first worker, "main"; its forks become workers if `bringing_up` names them."""
    _gate.desk = desk
    _gate.source = source
    _gate.me = "main"
    os.register_at_fork(after_in_child=_after_fork)
    _connection()


def is_off() -> bool:
    """Whether operations pass without a turn: no gate here, or inside an operation that has its turn."""
    return _gate.me is None or is_passing()


def is_passing() -> bool:
    """Whether this thread is inside an operation that has its turn."""
    return getattr(_thread, "depth", 0) > 0


def is_free() -> bool:
    """Whether this thread runs beside the workers: a thread or a process of the program that takes no turns.

    It may do what it likes with what nobody else has. What has a gate it must not touch: that is uncontrolled.
    """
    if _gate.me is None:
        return False
    known = threading.current_thread() is threading.main_thread() or getattr(_thread, "name", None) is not None
    return _gate.is_free or not known


def let_run_free(thread: threading.Thread | None = None) -> None:
    """Note that a thread, or a process, of the program runs beside the workers from now on."""
    if thread is None:
        _gate.processes = True
    else:
        _gate.threads.add(thread)


def has_free() -> bool:
    """Whether something that this process started may run beside the workers."""
    return _gate.processes or any(thread.is_alive() for thread in _gate.threads)


@contextlib.contextmanager
def passing() -> Iterator[None]:
    """Operations of this thread pass without a turn: they are part of one that has it."""
    _thread.depth = getattr(_thread, "depth", 0) + 1
    try:
        yield
    finally:
        _thread.depth -= 1


@contextlib.contextmanager
def bringing_up(name: str) -> Iterator[None]:
    """The process that is forked meanwhile is the worker `name`."""
    if _gate.me is None:
        yield
        return
    _gate.child = name
    try:
        with passing():
            yield
        _told.born.append(name)  # one that could not be started is not waited for
    finally:
        _gate.child = None


@contextlib.contextmanager
def bringing_up_a_server() -> Iterator[None]:
    """The process that is forked meanwhile serves the workers; it is none."""
    _gate.serving = True
    try:
        with passing():
            yield
    finally:
        _gate.serving = False


def child_name() -> str | None:
    """The name of the worker that is being brought up, if any."""
    return _gate.child


def new_child() -> str:
    """The name of this process's next child: the same in every run of the same schedule."""
    _gate.children += 1
    return f"{_gate.me}/{_gate.children}"


def new_name(kind: str) -> str:
    """The name of the next resource of that kind made here; by construction, never by address."""
    _gate.made[kind] = number = _gate.made.get(kind, 0) + 1
    return f"{kind}-{number}" if _gate.me == "main" else f"{kind}-{number} of {_gate.me}"


def name_memory(value: Any, name: str) -> Any:
    """Call the shared memory of `value` by a name of the scenario; returns the object without its lock."""
    raw = value.get_obj() if hasattr(value, "get_obj") else value
    raw._gate_name = name
    if hasattr(value, "get_lock"):
        value.get_lock()._gate_name = f"{name}.get_lock()"
    return raw


def name_mapping(fd: int, proposed: str) -> str:
    """What the mapped file is called, which the examiner tells by the file itself: the same for all that map it."""
    assert _gate.desk is not None
    with passing(), _gate.desk.connect(Role.MAPPING, (fd,), name=proposed) as connection:
        name = connection.recv(ASK_BYTES).decode()
    if not name:
        uncontrolled("more mappings than are watched")
    return name


def turn(  # noqa: PLR0913 - what a turn is about, each by name
    op: Op,
    on: str,
    attempt: Callable[[], tuple[bool, Any]] = lambda: (True, None),
    *,
    need: Need | None = None,
    wait: float | None = 0.0,
    value: str = "",
) -> Any:
    """Ask for a turn and do `attempt` in it; its result is (done, result).

    `wait` is how long the worker is ready to wait, in virtual seconds: 0.0 not at all, None without limit. `need` says
    what has to hold for the attempt to be possible; it is tried again when that may have changed.
    """
    if is_off():
        return attempt()[1]
    if is_free():
        uncontrolled(f"{op} {on} by a thread or process that takes no turns")
    wait = None if wait == math.inf else wait
    waits = wait is None or wait > 0
    _gate.moment = MOMENTS[0]
    ask = {"op": op, "on": on, "line": _line(), "value": value, "need": need if waits else None, "wait": wait}
    while True:
        late = _ask(ask)
        with passing():
            done, result = attempt()
        if done or late or not waits:
            return result
        ask["again"] = True


def tell(on: str, aspect: Aspect, holds: bool | None) -> None:
    """Note for the coordinator what the operation made of the resource; None is `it may have changed`."""
    if _gate.me is not None:
        _told.news.append({"on": on, "aspect": aspect, "holds": holds})


def saw(value: Any) -> None:
    """Note what the running turn read, for the witness."""
    if _gate.me is not None:
        _told.seen.append(shown(value))


def saw_text(text: str) -> None:
    """Note what the running turn read, in words of the mirror's own."""
    if _gate.me is not None:
        _told.seen.append(text)


def shown(value: Any) -> str:
    """The value as a witness shows it."""
    return repr(value)[:40] if type(value) in (int, str, float, bool, type(None)) else type(value).__name__


def christen(kind: str, identity: str) -> None:
    """Name an object of a server that was made here just now; forks of this process know the name, too."""
    _gate.names[identity] = new_name(kind)


def name_at_server(identity: str) -> str | None:
    """The name of an object of a server; None if it was made by a process that this one is not a fork of."""
    return _gate.names.get(identity)


def is_feeding() -> bool:
    """Whether this thread is a feeder that is a worker of its own."""
    return _gate.me is not None and getattr(_thread, "name", None) is not None


def feed(feeder: str) -> None:
    """Note that the feeder thread of that name has one more item to flush."""
    _told.fed.append(feeder)


def abandon(feeder: str) -> None:
    """Note that this process will end without waiting for the feeder thread of that name."""
    _gate.abandoned.add(feeder)


def become(name: str) -> None:
    """Let the running thread be the worker `name` from now on."""
    _thread.name = name


def finished_flush() -> None:
    """The feeder has flushed one item, or lost it."""
    _send({"idle": True})


def leaving() -> None:
    """The work of this process is done; what it still does is the library's exit."""
    if _gate.me is not None and not is_free() and not getattr(_thread, "left", False):
        _thread.left = True
        turn(Op.EXIT, me())
        _send({"leaving": True, "abandons": sorted(_gate.abandoned)})


def kills(worker: str) -> None:
    """Note that the running turn ends that worker: it has to be gone before the next one."""
    _told.killed.append(worker)


def interrupts(worker: str) -> None:
    """Note that the running turn makes that worker run a signal handler."""
    _told.interrupted.append(worker)


def handles(what: Handling) -> None:
    """A signal handler of this worker begins, has returned (what was asked for still stands), or has raised."""
    if _gate.me is not None and not is_free():
        _send({"handling": what})


def uncontrolled(what: str) -> None:
    """Say that the program does something that cannot be gated, and wait to be ended."""
    if is_off():
        return
    _send({"uncontrolled": what, "line": _line()})
    _connection().recv(16)
    os._exit(0)


def now() -> float:
    """The virtual clock, in seconds; each reading is counted, so that a loop that waits by it gets on."""
    _told.reads_of_clock += 1
    if _told.reads_of_clock >= CLOCK_READS and not is_off():
        moment = _gate.moment
        turn(Op.SLEEP, "clock", lambda: (False, None), need=("clock", Aspect.NEVER), wait=moment, value=f"{moment} s")
        _gate.moment = min(2 * moment, MOMENTS[1])
    return _gate.time


def time() -> float:
    """The virtual clock as the library's own code reads it, which waits by it and asks for turns meanwhile."""
    return _gate.time


def is_gone(worker: str) -> bool:
    """Whether that worker's process had ended when this turn began."""
    return worker in _gate.gone


def me() -> str:
    """The name of this process."""
    return _gate.me or ""


def _ask(ask: dict[str, Any]) -> bool:
    _send({**ask, "clock": _told.reads_of_clock, "free": has_free()})
    _told.reads_of_clock = 0
    reply = _connection().recv(ASK_BYTES)
    if not reply:
        os._exit(0)  # the examiner has ended the episode
    grant = json.loads(reply)
    _gate.time = grant["time"]
    _gate.gone = frozenset(grant["gone"])
    return bool(grant["late"])


def _send(message: dict[str, Any]) -> None:
    try:
        _connection().sendall(json.dumps(message | _told.take()).encode())
    except OSError:
        os._exit(0)  # the examiner has ended the episode


def _connection() -> socket.socket:
    connection: socket.socket | None = getattr(_thread, "connection", None)
    if connection is None:
        assert _gate.desk is not None
        name = getattr(_thread, "name", _gate.me)
        if is_free():
            name = f"beside {name} ({os.getpid()}, {threading.get_native_id()})"
        connection = _gate.desk.connect(Role.GATE, name=name)
        _thread.connection = connection
        _gate.connections.append(connection)
    return connection


def _line() -> int | None:
    """The student's line that this worker is at; below the beginning of a forked process are frames of its parent."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != _gate.source:
        frame = None if frame.f_code.co_name == BEGINNING else frame.f_back
    return frame.f_lineno if frame else None


def _after_fork() -> None:
    if _gate.me is None or _gate.is_free:
        return
    inherited, _gate.connections = _gate.connections, []
    for connection in inherited:
        connection.close()
    _thread.__dict__.clear()
    parent = _gate.me
    _gate.abandoned = set()
    _told.begin_anew()
    if _gate.serving:
        _gate.me = None  # it only does what others ask of it, in their turns
        return
    if _gate.child is None:
        _gate.is_free = True
        _gate.threads.clear()
        return
    _gate.me, _gate.child = _gate.child, None
    _gate.threads.clear()
    _gate.processes = False
    _gate.children, _gate.made = 0, {}
    assert parent
    _connection()
