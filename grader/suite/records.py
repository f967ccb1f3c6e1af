"""What one conversation with a box collects."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field

from grader.inside.vocabulary import ANSWER_BYTES, UNPREPARED, Frame
from grader.model.observation import Cause, Fallen, LeftBehind, Stop, Waiting
from grader.observe.endings import Endings
from grader.schedule.coordinator import Coordinator
from grader.suite.memory import Mapped, Watched
from grader.suite.plain import raised_of
from grader.wire import AnswerFrame, Malformed, read

SCENARIOS = "scenarios"  # the module of every suite whose functions are played in the box


@dataclass(slots=True)
class Line:
    """One answer on its way: frames from one process, which the kernel named."""

    connection: socket.socket
    pid: int = 0
    place: int = 0
    size: int = 0
    set_up: bool = False
    ready: bool = False
    began: float | None = None
    seconds: float | None = None
    parts: list[bytes] = field(default_factory=list)
    received: int = 0
    answer: AnswerFrame | None = None

    def take(self, data: bytes) -> bool:
        """Take in one frame; True when the answer is complete. Raises Malformed, also for a second answer."""
        kind, payload = data[:1], data[1:]
        if self.answer is not None:
            raise Malformed("a second answer")
        if kind == Frame.SET_UP.encode():
            if self.set_up or self.ready:
                raise Malformed("set up twice")
            self.set_up = True
            return False
        if kind == Frame.READY.encode():
            if self.ready:
                raise Malformed("ready twice")
            self.ready = True
            return False
        if kind not in (Frame.PART.encode(), Frame.LAST.encode()):
            raise Malformed("a frame of an unknown kind")
        self.received += len(payload)
        if self.received > ANSWER_BYTES + 1024:
            raise Malformed("an answer that is too large")
        self.parts.append(payload)
        if kind == Frame.PART.encode():
            return False
        answer = read(b"".join(self.parts), AnswerFrame)
        if answer.raised:
            raised_of(answer.raised)  # unreadable parts are a violation now, not a surprise in a suite
        self.answer = answer
        self.parts.clear()
        return True


@dataclass(slots=True)
class Place:
    """A meeting, a crowd or a door: who waits at it, how many were there at once, whether it is open.

    `tickets` were handed out to those who went on from a meeting or a crowd, each with its process.
    """

    waiting: list[tuple[socket.socket, int]] = field(default_factory=list)
    watchers: list[tuple[socket.socket, int]] = field(default_factory=list)
    size: int = 0
    most: int = 0
    came: set[int] = field(default_factory=set)
    tickets: dict[str, int] = field(default_factory=dict)
    open: bool = False
    crowd: bool = False
    last_came: float = 0.0
    patience: int = 0


@dataclass(slots=True)
class Record:
    """Everything that was seen of one call; the coordinator's part is None in a free run."""

    line: Line
    workers: dict[str, Line] = field(default_factory=dict)
    exits: dict[str, int | None] = field(default_factory=dict)
    memory: dict[str, Watched] = field(default_factory=dict)
    mappings: dict[tuple[int, int], Mapped] = field(default_factory=dict)
    shared: dict[str, int | list[int]] = field(default_factory=dict)
    meetings: dict[str, Place] = field(default_factory=dict)
    doors: dict[str, Place] = field(default_factory=dict)
    notes: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    births: set[int] = field(default_factory=set)
    housekeepers: set[int] = field(default_factory=set)
    killed: int = 0
    stop: Stop | None = None
    note: str = ""
    status: int | None = None
    wall: float = 0.0
    output: dict[str, bytearray] = field(default_factory=lambda: {"stdout": bytearray(), "stderr": bytearray()})
    left_behind: tuple[LeftBehind, ...] = ()
    stuck: tuple[Waiting, ...] = ()
    cause: Cause | None = None
    proved_after: float | None = None
    endings: Endings = field(default_factory=Endings)
    fallen: tuple[Fallen, ...] = ()
    ends_badly: bool = False  # the scenario's own processes do, on purpose
    coordinator: Coordinator | None = None

    @property
    def ended_unprepared(self) -> bool:
        """Whether our own code in the box raised before a line of the submission could run.

        An end of another kind may be the work of what an earlier call has left: that is the submission's affair.
        """
        return self.stop is Stop.EXITED and not self.line.set_up and self.status == UNPREPARED << 8

    def last_words(self) -> str:
        """The last line on its standard error, or else why it was stopped."""
        lines = self.output["stderr"].decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else self.note or str(self.stop)
