"""One worker as the coordinator sees it: what it asked for, and whether that is possible now."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from grader.inside.vocabulary import Aspect, Handling, Op

LOOKS = {
    Op.READ,
    Op.EMPTY,
    Op.FULL,
    Op.QSIZE,
    Op.IS_ALIVE,
    Op.IS_SET,
    Op.POLL,
    Op.STATE,
    Op.ACQUIRE,
    Op.GET,
    Op.PUT,
    Op.MANAGER,
}


class Status(StrEnum):
    """What a worker does at the moment."""

    RUNNING = "running"
    ASKING = "asking"
    IDLE = "idle"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What an operation made of a resource; None: it may have changed."""

    on: str
    aspect: Aspect
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One message of a worker, already decoded; see `inside.gate.turn` for its fields."""

    op: Op | None = None
    on: str = ""
    line: int | None = None
    value: str = ""
    need: tuple[str, Aspect] | None = None
    wait: float | None = 0.0
    again: bool = False
    clock: int = 0
    idle: bool = False
    leaving: bool = False
    abandons: tuple[str, ...] = ()
    uncontrolled: str | None = None
    news: tuple[News, ...] = ()
    born: tuple[str, ...] = ()
    fed: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    killed: tuple[str, ...] = ()
    interrupted: tuple[str, ...] = ()
    handling: Handling | None = None
    free: bool = False

    @property
    def looks(self) -> bool:
        """Whether the operation only looks, or is a try that does not wait."""
        return self.op in (Op.READ, Op.IS_SET) or (self.op in LOOKS and self.wait == 0.0)


class Facts(Protocol):
    """What a worker asks the shadow state."""

    def holds(self, need: tuple[str, Aspect]) -> bool | None:
        """Whether the need is met; None if that is not known."""
        ...

    def version(self, resource: str) -> int:
        """Grows whenever the resource may have changed."""
        ...


@dataclass(slots=True, kw_only=True)
class Worker:
    """A process or a feeder thread of the student's program."""

    name: str
    status: Status = Status.RUNNING
    request: Request | None = None
    deadline: float | None = None
    fruitless: int = 0
    late: int = 0
    vain: int = 0
    still: int = 0
    places: set[int | None] = field(default_factory=set)
    look: Request | None = None
    noted: bool = False
    owed: int = 0
    outer: list[tuple[Status, Request | None, float | None]] = field(default_factory=list)
    _tried: int = field(default=-1)
    _looked: set[tuple[Op | None, str, int | None]] = field(default_factory=set)

    def handles(self, what: Handling) -> None:
        """A signal handler begins in the midst of whatever it does, or gives that back; what was raised ends it."""
        if what is Handling.BEGINS:
            self.owed -= 1
            self.outer.append((self.status, self.request, self.deadline))
            self.status, self.request, self.deadline = Status.RUNNING, None, None
        elif self.outer:  # a forged gate may say what it likes
            outer = self.outer.pop()
            if what is Handling.RETURNED:
                self.status, self.request, self.deadline = outer

    def wants(self, request: Request, time: float, facts: Facts) -> None:
        """It asks for a turn; when it asks again, its deadline stays what it was."""
        if not request.again:
            self.deadline = time + request.wait if request.need and request.wait is not None else None
            self._tried = -1
            self.noted = False
        elif request.need:
            self._tried = facts.version(request.need[0])
        self.status = Status.ASKING
        self.request = request

    def has_looked(self, request: Request, *, changed: bool, in_vain: bool) -> None:
        """Count the looks in vain: the same one again, with nothing done since by this worker.

        `vain` counts all its turns since it has done anything, those that ended with their time limit among them;
        `still` those since anybody has, at the lines `places`, of which `look` is the last one that looked.
        """
        if in_vain:
            self.vain += 1
            self.still += 1
            self.places.add(request.line)
            self.look = request if request.op is not Op.SLEEP else self.look
        else:
            self.vain = 0
        if request.op is Op.SLEEP and not request.wait:
            return  # `time.sleep(0)` only lets others go on
        look = (request.op, request.on, request.line)
        if changed or not request.looks:
            self.fruitless = 0
            self._looked.clear()
        elif look in self._looked:
            self.fruitless += 1
        self._looked.add(look)

    def sees_news(self) -> None:
        """Somebody has done something: what it has looked at since does not count any more."""
        self.still, self.look = 0, None
        self.places.clear()

    def can_go(self, facts: Facts) -> bool:
        """Whether a turn would get it on, as far as is known; what is not known is tried once per change."""
        request = self.request
        if request is None or request.need is None:
            return True
        holds = facts.holds(request.need)
        if holds is None:
            return facts.version(request.need[0]) > self._tried
        return holds
