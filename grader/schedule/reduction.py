"""Which turns commute with whatever others do, so that no choice is due before them.

What only one process uses cannot interfere with others; a release moves to the left past what others do, a get from a
queue with one reader past what is put into it (Lipton, "Reduction", CACM 1975). Who uses what is learned while
schedules are executed: when something turns out to be shared, the search begins anew without that reduction, so
nothing is left out. Whoever only looks (`empty`, a try of a lock) sees the difference: what was looked at is never
reduced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.shadow import SEVERAL
from grader.schedule.workers import Request

AT_ONCE = {Op.START, Op.JOIN, Op.JOIN_THREAD, Op.BEGIN, Op.END}
LOOKS = {Op.EMPTY, Op.FULL, Op.QSIZE, Op.STATE, Op.TASK_DONE, Op.JOIN_QUEUE}
TRIES = {Op.ACQUIRE, Op.GET, Op.PUT}
EVERYBODY = "all children"
LEFT_MOVERS = {Op.RELEASE, Op.NOTIFY, Op.NOTIFIED}  # whoever notifies holds the lock
SIDES = {Op.GET: "head", Op.FLUSH: "tail", Op.RECEIVE: "head", Op.SEND: "tail"}


class Reduction:
    """What is known of one scenario; `learned` tells whether an episode showed something new.

    `known` is what was known when the running episode began: with it, the same schedule is the same run.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.learned = False
        self.known = tuple(known)
        facts = [fact.split(" ", 1) for fact in self.known if " " in fact]
        self._shared = {name for kind, name in facts if kind == "shared"}
        self._looked_at = {name for kind, name in facts if kind == "looked-at"}
        self._watched = {name for kind, name in facts if kind == "watched"}
        self._owners: dict[str, str] = {}

    def begin_episode(self) -> None:
        """Forget who owns what, keep what is known to be shared."""
        self.learned = False
        kinds = {"shared": self._shared, "looked-at": self._looked_at, "watched": self._watched}
        self.known = tuple(f"{kind} {name}" for kind, names in kinds.items() for name in sorted(names))
        self._owners.clear()

    def note(self, worker: str, request: Request, joined: Collection[str]) -> None:
        """A worker asks for a turn; what belonged to a worker that it has joined passes to it.

        That the other one has ended is not enough: in another schedule it might not have.
        """
        if request.op in LOOKS or (request.op in TRIES and request.wait == 0.0):
            self._learn(self._looked_at, request.on)
        if request.op is Op.POLL:
            self._poll(request.on)
        if request.op in (Op.IS_ALIVE, Op.SIGNAL):  # how far that worker has come: whatever it does is looked at
            self._learn(self._watched, request.on)
        if request.op not in (*AT_ONCE, Op.EXIT) and self._watched & {worker, EVERYBODY}:
            self._learn(self._looked_at, request.on)
        if request.op is Op.WAIT and request.wait is not None:  # its end by the clock is not up to who notifies
            self._learn(self._looked_at, request.on)
        for key in _keys(request):
            owner = self._owners.setdefault(key, worker)
            if owner == worker:
                continue
            if owner in joined:
                self._owners[key] = worker
            else:
                self._learn(self._shared, key)

    def _poll(self, names: str) -> None:
        """What is polled, pipes and processes, is looked at; a list too long to be told may be anything."""
        for name in names.split(", "):
            self._learn(self._looked_at, name)
            self._learn(self._watched, EVERYBODY if name == SEVERAL else name)

    def commutes(self, worker: str, request: Request) -> bool:
        """Whether the turn of that worker may be taken at once."""
        if request.op in AT_ONCE:
            return True
        if self._watched & {worker, EVERYBODY}:
            return False
        if request.op is Op.EXIT:
            return True
        if request.op in (None, Op.IS_ALIVE, Op.SIGNAL, Op.POLL) or SEVERAL in self._looked_at:
            return False
        if request.on in self._looked_at and request.op is not Op.RECEIVE:  # who polls a pipe sees what is sent
            return False
        if request.op in LEFT_MOVERS:
            return True
        return not any(key in self._shared for key in _keys(request))

    def _learn(self, facts: set[str], fact: str) -> None:
        if fact not in facts:
            facts.add(fact)
            self.learned = True


def _keys(request: Request) -> tuple[str, ...]:
    """What the turn depends on."""
    if request.op in (*AT_ONCE, Op.EXIT, None):
        return ()
    if request.op is Op.PUT and request.need is None and request.wait is None:
        return ()  # into an unbounded queue: only its own feeder sees it
    if request.op is Op.POLL:
        return tuple(f"{name}:head" for name in request.on.split(", "))
    if request.op is Op.CLOSE:
        return (f"{request.value}:reader",) if request.value else ()
    base = request.on.split("[")[0]
    keys = [f"{base}:{SIDES[request.op]}" if request.op in SIDES else base]
    if request.need and request.need[1] is Aspect.FREE and request.need[0] != base:
        keys.append(request.need[0])
    if request.op is Op.SEND:
        keys.append(f"{base}:reader")  # without one, sending fails
    return tuple(keys)
