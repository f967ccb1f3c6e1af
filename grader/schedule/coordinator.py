"""Who goes next: workers ask for turns, the coordinator grants one at a time, in virtual time.

It knows nothing of sockets: it is told what happened (`hello`, `asked`, `gone`) and says what to do (`advance`). A turn
is granted only when no worker runs. A worker that cannot go on is asked again when what it needs may have changed; when
nobody can go on, the clock jumps to the earliest deadline; when there is none, that is a deadlock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.inside.vocabulary import Handling, Op
from grader.model.witness import Blocked, Step, Witness
from grader.schedule import standstill
from grader.schedule.policy import Choice, Policy
from grader.schedule.reduction import Reduction
from grader.schedule.shadow import TRIES, Shadow
from grader.schedule.standstill import OnlyWaits
from grader.schedule.workers import Request, Status, Worker

MOST_TURNS = 3_000
IN_A_ROW = 40  # turns of one worker before others get one, so that a loop that waits for them ends
HARNESS = {Op.START, Op.JOIN, Op.EXIT}  # without a line of the student's they are the scenario's own
FRUITLESS = 3  # looks at something that did not change, or waits that were too short
TOLD = 12  # steps of a livelock, which goes on like that
POLLS = 1_200  # turns of one worker in vain, after which time need not pass in its slices any more
BESIDE = "waiting for a thread or process that takes no turns"  # virtual time would pass it by
CLOCK_STEPS = (0.01, 0.25)  # seconds by which a loop that only reads the clock moves it: first and most


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Let `worker` have its turn; `late` means that its time limit has passed."""

    worker: str
    late: bool
    time: float
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The episode is over for the coordinator: nobody is left, or nobody can ever go on."""

    blocked: tuple[Blocked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncontrolled:
    """The program does something that turns do not cover; probes have to decide.

    `unseen`: shared data changed behind our back. Free runs can prove that wrong, but never right.
    """

    what: str
    line: int | None = None
    unseen: bool = False


@dataclass(slots=True)
class Turn:
    """The turn that is being taken, to be compared with what it did."""

    worker: str
    request: Request
    step: Step | None
    late: bool


class Coordinator:
    """One episode. `memory` reads the watched shared memory: name -> value as text."""

    def __init__(self, policy: Policy, reduction: Reduction, memory: Callable[[], Mapping[str, str]] = dict) -> None:
        self.policy = policy
        self.memory = memory
        self.only_waits: OnlyWaits = lambda _lines: False
        self.reduction = reduction
        reduction.begin_episode()
        self.time = 0.0
        self.workers: dict[str, Worker] = {}
        self.choices: list[Choice] = []
        self.expected: set[str] = {"main"}
        self.shadow = Shadow()
        self.steps: list[Step] = []
        self.spans: dict[str, list[float]] = {}
        self.turns_of: dict[str, int] = {}
        self.problem: Uncontrolled | None = None
        self._order: dict[str, int] = {}
        self._asked_anew: set[str] = set()
        self._killed: set[str] = set()
        self._turn: Turn | None = None
        self._current: str | None = None
        self._free: str | None = None
        self._row = self._free_row = self._turns = self._moved_at = 0
        self._clock_step = CLOCK_STEPS[0]
        self._patience = POLLS
        self._has_waited = self._has_read = self._is_livelock = False
        self._known: dict[str, str] = {}

    @property
    def witness(self) -> Witness:
        """What was executed so far."""
        schedule = tuple(choice.chosen for choice in self.choices)
        started = {step.resource for step in self.steps if step.op == Op.START and step.line}
        own_ends = {step for step in self.steps if step.op == Op.EXIT and step.worker in started}
        steps = tuple(step for step in self.steps if step.line or step.op not in HARNESS or step in own_ends)
        return Witness(schedule=schedule, steps=steps, blocked=self.blocked(), known=self.reduction.known)

    def has_heard(self, names: Iterable[str]) -> bool:
        """Whether each of these workers asked for the turns with which its call begins and ends."""
        return all(len(self.spans.get(name, ())) == len((Op.BEGIN, Op.END)) for name in names)

    def hello(self, name: str) -> None:
        """A worker has come to the desk; it runs until it asks."""
        self.expected.discard(name)
        self.workers[name] = Worker(name=name)

    def expects_memory(self, first: Mapping[str, str]) -> None:
        """What shared memory held when it was shared, before anybody could change it."""
        self._known = {**first, **self._known}

    def asked(self, name: str, request: Request) -> None:
        """A worker has sent a message: what its last turn came to, and what it wants now."""
        worker = self.workers.get(name)
        if worker is None:  # a feeder, whose process has ended: that came on another line, and was heard first
            self.shadow.news(name, request.news)
            return
        self._learn(name, request)
        match request:
            case Request(uncontrolled=str(what)):
                self.problem = self.problem or Uncontrolled(what=what, line=request.line)
            case Request(handling=Handling() as what):
                worker.handles(what)
                self._has_moved()
            case Request(idle=True):
                worker.status = Status.IDLE
                self.shadow.flushed(name)
                self._has_moved()
            case Request(leaving=True):
                worker.status = Status.LEAVING
                self._abandon(name, request.abandons)
            case _:
                self._asked_anew.add(name)
                worker.wants(request, self.time, self.shadow)

    def _abandon(self, name: str, feeders: Iterable[str]) -> None:
        """The process ends without waiting for these feeders: they get no turn any more, and end with it."""
        for feeder in feeders:
            if self.shadow.abandoned(feeder, name) and feeder in self.workers:
                self.workers[feeder].status = Status.LEAVING

    def gone(self, name: str) -> None:
        """The worker's process (or thread) has ended."""
        worker = self.workers.pop(name, None)
        if worker and worker.status is Status.RUNNING and name not in self._killed:
            self.shadow.doubt()  # `os._exit`, a crash: what its last turn came to was not told
        for feeder in [other for other in self.workers if other.endswith(f" in {name}")]:
            del self.workers[feeder]
        self.shadow.ended(name)
        self._has_moved()

    def _has_moved(self) -> None:
        """Something was done: whoever polls may see it."""
        self._moved_at = len(self.steps)
        for worker in self.workers.values():
            worker.sees_news()

    def quiet(self) -> bool:
        """Whether every worker waits for its turn, has ended, or is on its way out."""
        if self.expected:
            return False
        return not any(map(self._is_busy, self.workers.values())) and not self.shadow.must_flush(self.workers)

    def _is_busy(self, worker: Worker) -> bool:
        """It runs, has to, or is on its way out and nobody has to go on before it is gone."""
        if worker.owed:
            return True
        if worker.status is not Status.LEAVING:
            return worker.status is Status.RUNNING
        children = (name for name in self.workers if name.startswith(f"{worker.name}/"))
        return next(children, None) is None and not self.shadow.flushes_of(worker.name)

    def advance(self) -> Grant | End | Uncontrolled | None:
        """What to do now that it is quiet; None: wait for a process that is on its way out."""
        self._compare_memory()
        if self.problem:
            return self.problem
        self._turns += 1
        if self._turns > MOST_TURNS:
            return Uncontrolled(what=f"more than {MOST_TURNS} operations in one schedule")
        asking = self._asking()
        self._note_requests(asking)
        if standstill.is_livelock(self.workers.values(), self.shadow, self.only_waits):
            self._is_livelock = True
            del self.steps[self._moved_at + TOLD :]
            return End(blocked=self.blocked())
        ready = [worker.name for worker in asking if worker.can_go(self.shadow)]
        free = next((name for name in ready if self._is_free(self.workers[name])), None)
        if free:
            return self._grant(free, late=False, chosen=False)
        self._note_waits(asking)
        able = self._able(ready, asking)
        if not able:
            if any(self._ends_by_itself(worker) for worker in self.workers.values()):
                return None
            if self.runs_beside:
                return Uncontrolled(what=BESIDE)
            self._jump()
            able = self._able(ready, asking)
        if able:
            name = self._next(able)
            return self._grant(name, late=name not in ready)
        return End(blocked=self.blocked())

    def _note_requests(self, asking: Sequence[Worker]) -> None:
        """Tell the reduction what is asked for, in an order that does not depend on which process was faster."""
        for worker in asking:
            if worker.name in self._asked_anew and worker.request:
                self.reduction.note(worker.name, worker.request, self.shadow.joined_by(worker.name))
        self._asked_anew.clear()

    def _ends_by_itself(self, worker: Worker) -> bool:
        """It is on its way out, and not kept by a feeder: that one may sleep while it pickles an item."""
        return worker.status is Status.LEAVING and not self.shadow.flushes_of(worker.name)

    @property
    def runs_beside(self) -> bool:
        """Whether something that takes no turns may still move: nobody is proved to wait for ever, no time may pass."""
        return any(worker.request is not None and worker.request.free for worker in self.workers.values())

    def _able(self, ready: Sequence[str], asking: Sequence[Worker]) -> list[str]:
        """Who can have a turn: those that are ready, and those whose time limit has passed."""
        due = (w.name for w in asking if w.deadline is not None and w.deadline <= self.time)
        names = {*ready, *due}
        return [worker.name for worker in asking if worker.name in names]

    def _jump(self) -> None:
        """Let the clock jump to the earliest deadline that is still to come.

        Who has polled in vain for very long, beside data that is watched, oversleeps until somebody else's: a lock
        that is held for fifteen seconds is asked for in slices of milliseconds.
        """
        waiting = [(w.deadline, w.vain) for w in self._asking() if w.deadline is not None and w.deadline > self.time]
        deadlines = [deadline for deadline, _ in waiting]
        others = [deadline for deadline, vain in waiting if vain < self._patience] if self._known else []
        self.time = min(others or deadlines, default=self.time)
        if others and min(deadlines) < self.time:
            self._patience = IN_A_ROW

    def blocked(self) -> tuple[Blocked, ...]:
        """Every worker that waits for something that is not there, with who holds it."""
        return standstill.blocked(self._asking(), self.shadow, polling=self._is_livelock)

    def _asking(self) -> list[Worker]:
        """In the order in which they were brought up, which is the same in every run of the same schedule."""
        asking = (worker for worker in self.workers.values() if worker.status is Status.ASKING)
        return sorted(asking, key=lambda worker: (self._order.get(worker.name, -1), worker.name))

    def _is_free(self, worker: Worker) -> bool:
        """Whether its turn commutes with all others', and it has not kept them waiting for long with such turns."""
        waited = self._free_row if worker.name == self._free else 0
        return worker.request is not None and waited < IN_A_ROW and self.reduction.commutes(worker.name, worker.request)

    def _next(self, able: list[str]) -> str:
        current = self._current
        if current in able:
            worker = self.workers[current]
            self._move_clock(worker)
            others = [name for name in able if name != current]
            if others and (self._row >= IN_A_ROW or max(worker.fruitless, worker.late) >= FRUITLESS):
                able, current = others, None  # it only waits for others: they go first
        return able[0] if len(able) == 1 else self.choose(able, current)

    def choose(self, candidates: Sequence[str], current: str | None) -> str:
        """Let the policy choose, and write down what it chose among."""
        chosen = self.policy.choose(candidates, current)
        stays = current if current in candidates else None
        self.choices.append(Choice(candidates=tuple(candidates), current=stays, chosen=chosen))
        return chosen

    def _move_clock(self, worker: Worker) -> None:
        """Let a loop that waits by looking at the clock get on when nobody else does.

        If it waits in slices, its slices get longer: between them no time passes, so that a program which adds up the
        time that it has waited counts all of it.
        """
        looks = worker.request is not None and worker.request.clock > 0
        self._has_read = self._has_read or looks
        if self._has_waited:
            looks = self._has_read and worker.deadline is not None and worker.deadline <= self.time
        waits_by_it = looks and (self._row >= IN_A_ROW or worker.fruitless >= FRUITLESS)
        if (waits_by_it or worker.fruitless >= IN_A_ROW) and self.runs_beside:
            self.problem = self.problem or Uncontrolled(what=BESIDE)
        elif waits_by_it:
            deadlines = [other.deadline for other in self._asking() if other.deadline is not None]
            self.time = min([self.time + self._clock_step, *(d for d in deadlines if d > self.time)])
            self._clock_step = min(self._clock_step * 2, CLOCK_STEPS[1])
        elif worker.fruitless >= IN_A_ROW:
            self._jump()  # while it spins, time passes for those that sleep

    def _grant(self, name: str, *, late: bool, chosen: bool = True) -> Grant:
        worker = self.workers[name]
        request = worker.request
        assert request is not None
        self._free_row = 0 if chosen else self._free_row + 1 if name == self._free else 1
        self._free = None if chosen else name
        if request.wait and request.op is not Op.SLEEP:
            worker.late = worker.late + 1 if late else 0
        if chosen:
            stays = name == self._current
            self._row = self._row + 1 if stays else 1
            self._clock_step = self._clock_step if stays else CLOCK_STEPS[0]
            self._has_waited = late or (stays and self._has_waited)
            self._has_read = stays and not late and self._has_read
            self._current = name
        worker.status = Status.RUNNING
        step = None
        if request.op is not None:
            self.turns_of[name] = self.turns_of.get(name, 0) + 1
            note = "late" if late and request.op is not Op.SLEEP else ""
            step = Step(
                worker=name,
                op=str(request.op),
                resource=request.on,
                line=request.line,
                value=request.value,
                at=self.time,
                note=note,
            )
            self.steps.append(step)
            if request.op in (Op.BEGIN, Op.END):
                self.spans.setdefault(name, []).append(self.time)
        self._turn = Turn(worker=name, request=request, step=step, late=late)
        return Grant(worker=name, late=late, time=self.time, gone=tuple(sorted(self.shadow.gone)))

    def _learn(self, name: str, request: Request) -> None:
        worker = self.workers[name]
        before = self.shadow.effects
        self.shadow.news(name, request.news)
        self.expected |= set(request.born) - set(self.workers) - self.shadow.gone
        self.shadow.feed(request.fed)
        for victim in {*request.killed} & {*self.workers}:
            self.workers[victim].status = Status.RUNNING  # until it is gone
            self._killed.add(victim)
        for victim in {*request.interrupted} & {*self.workers}:
            self.workers[victim].owed += 1  # until its handler has begun
        for newcomer in (*request.born, *request.fed):
            self._order.setdefault(newcomer, len(self._order))
        turn = self._turn
        if turn is None or turn.worker != name:
            return
        if request.seen and self.steps and turn.step is not None:
            written = turn.step.op in (Op.PUT, Op.WRITE)
            self._replace(turn.step, value=turn.step.value if written else request.seen[-1])
        if request.again and turn.step is not None:
            self._replace(turn.step, note="waits")
            worker.noted = True
        if turn.request.op is not None:
            self.shadow.did(name, turn.request.op, turn.request.on, request.seen)
        changed = self.shadow.effects != before
        in_vain = not changed or (turn.late and turn.request.op not in TRIES)
        worker.has_looked(turn.request, changed=changed, in_vain=in_vain)
        if not in_vain:
            self._has_moved()

    def _replace(self, step: Step, **changes: str) -> None:
        for at in reversed(range(len(self.steps))):  # there may be none: a forged gate may ask again and again
            if self.steps[at].worker == step.worker and self.steps[at].note != "waits":
                self.steps[at] = replace(self.steps[at], **changes)  # type: ignore[arg-type]
                return

    def _note_waits(self, asking: Sequence[Worker]) -> None:
        for worker in asking:
            request = worker.request
            if request is not None and request.op is not None and not worker.noted and not worker.can_go(self.shadow):
                worker.noted = True
                self.steps.append(
                    Step(
                        worker=worker.name,
                        op=str(request.op),
                        resource=request.on,
                        line=request.line,
                        at=self.time,
                        note="waits",
                    )
                )

    def _compare_memory(self) -> None:
        """Shared memory changes only in a turn to write it, and to what was said (engine: raw writes look atomic)."""
        turn, self._turn = self._turn, None
        request = turn.request if turn else Request()
        before, self._known = self._known, dict(self.memory())
        for name, after in self._known.items():
            if before.get(name, after) == after:
                continue
            wrote = request.op is Op.WRITE and request.on.split("[")[0] == name
            if not wrote or (request.on == name and request.value != after):
                what = f"{name} changed without a turn to write it"
                self.problem = Uncontrolled(what=what, line=request.line, unseen=True)
