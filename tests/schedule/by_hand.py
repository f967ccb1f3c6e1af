"""A coordinator driven by hand: small programs as lists of requests, executed in this process, with no box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from grader.inside.vocabulary import Aspect, Op
from grader.schedule.coordinator import Coordinator, End, Grant, Uncontrolled
from grader.schedule.exhaustive import Exhaustive
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.schedule.workers import News, Request

Did = tuple[bool, tuple[News, ...], tuple[str, ...]]
Act = Callable[["World"], Did]


@dataclass(slots=True)
class World:
    """What the workers of a small program share: locks that are taken, numbers."""

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Move:
    """One operation of a worker: what it asks for, and what it does when it has its turn."""

    request: Request
    act: Act


def nothing(_world: World) -> Did:
    """An operation that always succeeds and tells nothing."""
    return True, (), ()


def take(lock: str, *, wait: float | None = None) -> Move:
    """Acquire a lock."""

    def act(world: World) -> Did:
        done = lock not in world.taken
        world.taken.add(lock)
        return done, (News(on=lock, aspect=Aspect.FREE, holds=False),), (str(done),)

    need = (lock, Aspect.FREE) if wait != 0.0 else None
    return Move(Request(op=Op.ACQUIRE, on=lock, need=need, wait=wait), act)


def give(lock: str) -> Move:
    """Release a lock."""

    def act(world: World) -> Did:
        world.taken.discard(lock)
        return True, (News(on=lock, aspect=Aspect.FREE, holds=True),), ()

    return Move(Request(op=Op.RELEASE, on=lock), act)


def read(name: str, *, clock: int = 0, into: list[int] | None = None) -> Move:
    """Read a number."""

    def act(world: World) -> Did:
        number = world.numbers.get(name, 0)
        if into is not None:
            into.append(number)
        return True, (), (str(number),)

    return Move(Request(op=Op.READ, on=name, clock=clock), act)


def write(name: str, number: int) -> Move:
    """Write a number."""

    def act(world: World) -> Did:
        world.numbers[name] = number
        return True, (), ()

    return Move(Request(op=Op.WRITE, on=name, value=str(number)), act)


def sleep(seconds: float) -> Move:
    """Wait for the virtual clock."""
    need = ("clock", Aspect.NEVER) if seconds else None
    return Move(Request(op=Op.SLEEP, on="clock", need=need, wait=seconds), lambda _world: (False, (), ()))


def join(worker: str, *, wait: float | None = None) -> Move:
    """Wait for the end of a worker."""
    return Move(Request(op=Op.JOIN, on=worker, need=(worker, Aspect.GONE), wait=wait), nothing)


def look_at(worker: str) -> Move:
    """Ask whether a worker is alive."""
    return Move(Request(op=Op.IS_ALIVE, on=worker), nothing)


class Unreduced(Reduction):
    """Leaves nothing out: not even what cannot make a difference."""

    def commutes(self, worker: str, request: Request) -> bool:  # noqa: ARG002 - the names are the interface
        """Nothing is taken for granted."""
        return False


class Run:
    """One episode of a small program."""

    def __init__(
        self,
        program: dict[str, Iterable[Move]],
        schedule: Sequence[str] = (),
        *,
        reduction: Reduction | None = None,
        unreduced: bool = False,
    ) -> None:
        self.world = World()
        known = Unreduced() if unreduced else reduction or Reduction()
        self.coordinator = Coordinator(Replay(schedule), known, lambda: _texts(self.world))
        self.grants: list[Grant] = []
        self._moves: dict[str, Iterator[Move]] = {name: iter(moves) for name, moves in program.items()}
        self._now: dict[str, Move] = {}
        self.coordinator.expected = set(program)
        for name in program:
            self.coordinator.hello(name)
        for name in program:
            self._next(name, (), ())

    def end(self, *, most: int = 20_000) -> End | Uncontrolled:
        """Execute it to its end."""
        for _ in range(most):
            if not self.coordinator.workers:
                return End()
            assert self.coordinator.quiet()
            step = self.coordinator.advance()
            assert step is not None
            if not isinstance(step, Grant):
                return step
            self.grants.append(step)
            self._take(step)
        raise AssertionError("the program does not end")

    def _take(self, grant: Grant) -> None:
        move = self._now[grant.worker]
        done, news, seen = move.act(self.world)
        if done or grant.late or not move.request.need:
            if grant.late and not done:
                self.world.late.append(grant.worker)
            self._next(grant.worker, news, seen)
        else:
            self.coordinator.asked(grant.worker, _again(move.request, news, seen))

    def _next(self, name: str, news: tuple[News, ...], seen: tuple[str, ...]) -> None:
        move = next(self._moves[name], None)
        if move is None:
            self.coordinator.asked(name, Request(leaving=True, news=news, seen=seen))
            self.coordinator.gone(name)
            return
        self._now[name] = move
        self.coordinator.asked(name, _with(move.request, news, seen))


def _texts(world: World) -> dict[str, str]:
    return {name: str(number) for name, number in world.numbers.items()}


def _with(request: Request, news: tuple[News, ...], seen: tuple[str, ...], *, again: bool = False) -> Request:
    return Request(
        op=request.op,
        on=request.on,
        line=request.line,
        value=request.value,
        need=request.need,
        wait=request.wait,
        again=again,
        clock=request.clock,
        news=news,
        seen=seen,
    )


def _again(request: Request, news: tuple[News, ...], seen: tuple[str, ...]) -> Request:
    return _with(request, news, seen, again=True)


def explore(program: Callable[[], dict[str, Iterable[Move]]], *, preemptions: int, unreduced: bool = True) -> list[Run]:
    """Every schedule of a program within the bound; programs are made anew for each."""
    search, reduction, runs = Exhaustive(preemptions=preemptions, cap=5_000), Reduction(), []
    while (schedule := search.next()) is not None:
        run = Run(program(), schedule, reduction=reduction, unreduced=unreduced)
        run.end()
        runs.append(run)
        if reduction.learned and not unreduced:
            search = Exhaustive(preemptions=preemptions, cap=5_000)
            continue
        search.executed(run.coordinator.choices)
    return runs


def turns(run: Run) -> list[str]:
    """Who had the turns."""
    return [grant.worker for grant in run.grants]


def told(run: Run) -> list[str]:
    """What happened, without what was only waited for."""
    return [f"{step.worker} {step.op} {step.resource}" for step in run.coordinator.steps if step.note != "waits"]


def spinning(reader: Iterable[Move]) -> Run:
    """A worker that looks at something for ever, beside one that writes it after a while."""
    return Run({"a": reader, "b": [sleep(1), write("flag", 1)]}, unreduced=True)


def until_set(run: list[Run], *, clock: int = 0) -> Iterable[Move]:
    """`while not flag.value: pass`."""
    while run[0].world.numbers.get("flag", 0) == 0 if run else True:
        yield read("flag", clock=clock)
