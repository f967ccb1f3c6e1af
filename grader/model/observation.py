"""What was measured from outside the box: never testimony of the code inside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.model.message import Message


class Level(StrEnum):
    """The isolation ladder, weakest first."""

    NONE = "none"
    LIMITS = "limits"
    USER = "user"
    NAMESPACE = "namespace"

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """What keeps a box away from the machine: names of what is enforced and of what is missing."""

    level: Level
    enforced: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Stop(StrEnum):
    """Why a call in a box came to its end."""

    ANSWERED = "answered"
    EXITED = "exited"
    HUNG = "hung"
    LIVELOCK = "livelock"
    ASLEEP = "asleep"
    DEADLINE = "deadline"
    CPU = "cpu"
    MEMORY = "memory"
    PROCESSES = "processes"
    DISK = "disk"
    OUTPUT = "output"
    VIOLATION = "violation"
    UNCONTROLLED = "uncontrolled"


class Remainder(StrEnum):
    """Kinds of things a function can leave behind."""

    PROCESS = "process"
    ZOMBIE = "zombie"
    SHARED_MEMORY = "shared-memory"
    FIFO = "fifo"
    FILE = "file"
    THREAD = "thread"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """One thing that was there after the function had returned and not before."""

    kind: Remainder
    name: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Where one thread of the program waits: in a sentence, in short, and by the line of the student's file (from 1).

    That somebody waits was measured, and in which call of the `kernel`; the line and the name of the call are what the
    program itself told of its stack.
    """

    sentence: Message
    where: str
    line: int | None = None
    kernel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why nobody can end the waits, as far as that can be told; `code` is a word for the diagnosis."""

    code: str
    sentence: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """A process or thread of the program that did not end well: with an exception, as its traceback tells, or measured.

    `code` is the exit code, -n for one that signal n has ended; 0 where only the traceback is known.
    """

    who: str
    error: str = ""
    line: int | None = None
    code: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One call in a box, measured: seconds, bytes, processes; `output` is what it printed, cut at the limit.

    `stuck` says for each process where it waits, and `cause` why nobody can end that, when it came to no answer;
    `proved_after` is how long nothing had moved when that was proved. `note` explains any other stop.
    """

    stop: Stop
    exit_code: int | None = None
    wall: float = 0.0
    processes_seen: int = 0
    left_behind: tuple[LeftBehind, ...] = ()
    stdout: str = ""
    stderr: str = ""
    stuck: tuple[Waiting, ...] = ()
    cause: Cause | None = None
    proved_after: float | None = None
    fallen: tuple[Fallen, ...] = ()
    note: str = ""
