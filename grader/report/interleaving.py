"""What a witness shows: who did what in which order, who held and waited for what, and where an update was lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from grader.model.accesses import WAITS, is_read, is_write, succeeded
from grader.model.message import Message, say
from grader.model.witness import Blocked, Step, Witness
from grader.report.sanitise import Clean, clean, clean_line
from grader.report.standing import Standing, handovers, owner_of, standings
from grader.report.steps import Kind, kind_of, phrase, waiting_phrase
from grader.texts import translate

LONGEST = 60
BEFORE_THE_POINT = 8
NOTHING = Clean("")
ORDER = say("In this order the program does what the check does not allow.")


class State(StrEnum):
    """What a stretch of a lane means."""

    HOLDS = "holds"
    WAITS = "waits"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One step as it is told; `number` counts from 1 in the whole witness, `crucial` marks the steps of the failure.

    `remark` says what it means for the failure, `aside` what is good to know; `taken_from` is the step that put what
    this one takes.
    """

    number: int
    lane: int
    kind: Kind
    text: Clean
    line: int | None
    at: float
    remark: Clean = NOTHING
    aside: Clean = NOTHING
    crucial: bool = False
    taken_from: int | None = None
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From one turn to another (numbers) a lane is in a state; `last` is None when that never ends."""

    lane: int
    state: State
    resource: Clean
    first: int
    last: int | None
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A lane that waits for ever, since step `turn`; `holder` is the lane that could end it. None where not known."""

    lane: int
    turn: int | None
    text: Clean
    resource: Clean
    line: int | None
    holder: int | None
    for_lock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Numbers of three turns: a value is read, somebody else writes, and that is written over unseen."""

    read: int
    written: int
    overwritten_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interleaving:
    """A witness, ready to be drawn; `earlier` and `later` count steps that are not shown."""

    language: str
    lanes: tuple[Clean, ...]
    turns: tuple[Turn, ...]
    stretches: tuple[Stretch, ...]
    waits: tuple[Wait, ...]
    lost: Lost | None
    sentence: Clean
    earlier: int = 0
    later: int = 0

    @property
    def timed(self) -> bool:
        """Whether virtual time passes in it at all."""
        return any(turn.at for turn in self.turns)


def interleave(witness: Witness, language: str, *, most: int = LONGEST) -> Interleaving:
    """Tell the witness in `language`, cut to `most` steps around the failure if it is long.

    Who sleeps when the scenario ends would have woken up: that is no wait for ever.
    """
    witness = replace(witness, blocked=tuple(entry for entry in witness.blocked if entry.op != "sleep"))
    workers = _workers(witness)
    lost = find_lost_update(witness.steps)
    waits = tuple(_wait(blocked, witness.steps, workers, language) for blocked in witness.blocked)
    turns = _turns(witness.steps, workers, language)
    stretches = (*_stretches(witness.steps, workers), *_stale(lost, turns))
    start = _first_shown(len(turns), lost, most)
    shown = _remarked(turns, _remarks(lost, waits, workers), language)[start : start + most]
    return Interleaving(
        language=language,
        lanes=tuple(clean_line(worker, width=24) for worker in workers),
        turns=tuple(shown),
        stretches=stretches,
        waits=waits,
        lost=lost,
        sentence=_sentence(witness, lost, language),
        earlier=start,
        later=len(turns) - start - len(shown),
    )


def find_lost_update(steps: tuple[Step, ...]) -> Lost | None:
    """The first write over a value that somebody else wrote after the writer had read."""
    seen: dict[tuple[str, str], int] = {}
    latest: dict[str, tuple[int, str]] = {}
    for number, step in enumerate(steps, start=1):
        mine = (step.worker, step.resource)
        if is_read(step):
            seen[mine] = number
        elif is_write(step) and step.note != WAITS:
            read = seen.pop(mine, None)
            written, writer = latest.get(step.resource, (0, step.worker))
            if read is not None and writer != step.worker and written > read:
                return Lost(read=read, written=written, overwritten_by=number)
            latest[step.resource] = (number, step.worker)
    return None


def _workers(witness: Witness) -> list[str]:
    """The lanes: those who did something, then those who only waited."""
    names = [*(step.worker for step in witness.steps), *(blocked.worker for blocked in witness.blocked)]
    return list(dict.fromkeys(map(owner_of, names)))


def _turns(steps: tuple[Step, ...], workers: list[str], language: str) -> list[Turn]:
    came_from, stands = handovers(steps), standings(steps)
    return [
        Turn(
            number=number,
            lane=workers.index(owner_of(step.worker)),
            kind=kind_of(step),
            text=clean(translate(phrase(step), language)),
            line=step.line,
            at=step.at,
            aside=clean(translate(say("put in step {step}", step=came_from[number]), language))
            if number in came_from
            else NOTHING,
            taken_from=came_from.get(number),
            standing=stands[number - 1],
        )
        for number, step in enumerate(steps, start=1)
    ]


def _wait(blocked: Blocked, steps: tuple[Step, ...], workers: list[str], language: str) -> Wait:
    last = max((n for n, step in enumerate(steps, start=1) if step.worker == blocked.worker), default=0)
    begun = last > 0 and steps[last - 1].note == WAITS and steps[last - 1].resource == blocked.resource
    return Wait(
        lane=workers.index(owner_of(blocked.worker)),
        turn=last if begun else None,
        text=clean(translate(waiting_phrase(blocked), language)),
        resource=clean_line(blocked.resource, width=40),
        line=blocked.line,
        holder=workers.index(owner_of(blocked.held_by)) if owner_of(blocked.held_by) in workers else None,
        for_lock=blocked.op == "acquire",
    )


def _stretches(steps: tuple[Step, ...], workers: list[str]) -> list[Stretch]:
    """Holding and waiting, read from the steps: a wait lasts until the worker's next step."""
    holds: dict[tuple[int, str], Stretch] = {}
    waits: dict[int, Stretch] = {}
    done = []
    for number, step in enumerate(steps, start=1):
        lane = workers.index(owner_of(step.worker))
        depth = sum(1 for holder, _ in holds if holder == lane)
        if lane in waits:
            done.append(replace(waits.pop(lane), last=number))
        if step.note == WAITS:
            waits[lane] = _stretch(State.WAITS, lane, step.resource, number, depth)
        elif step.op == "acquire" and succeeded(step):
            holds[lane, step.resource] = _stretch(State.HOLDS, lane, step.resource, number, depth)
        elif step.op == "release" and (lane, step.resource) in holds:
            done.append(replace(holds.pop((lane, step.resource)), last=number))
    return [*done, *holds.values(), *waits.values()]


def _stretch(state: State, lane: int, resource: str, first: int, depth: int = 0) -> Stretch:
    name = clean_line(resource, width=24)
    return Stretch(lane=lane, state=state, resource=name, first=first, last=None, depth=depth)


def _stale(lost: Lost | None, turns: list[Turn]) -> tuple[Stretch, ...]:
    if lost is None:
        return ()
    lane = turns[lost.overwritten_by - 1].lane
    return (replace(_stretch(State.STALE, lane, "", lost.read), last=lost.overwritten_by),)


def _remarks(lost: Lost | None, waits: tuple[Wait, ...], workers: list[str]) -> dict[int, Message]:
    """What is said beside the steps that make the failure, by their numbers."""
    remarks = {wait.turn: _for_ever(wait, workers) for wait in waits if wait.turn is not None}
    if lost is not None:
        remarks |= {
            lost.read: say("out of date from step {step} on", step=lost.written),
            lost.written: say("lost: step {step} writes over it", step=lost.overwritten_by),
            lost.overwritten_by: say("writes over step {step} without having seen it", step=lost.written),
        }
    return remarks


def _for_ever(wait: Wait, workers: list[str]) -> Message:
    if wait.holder is None:
        return say("for ever")
    holder = clean_line(workers[wait.holder], width=24)
    if wait.for_lock:
        return say("for ever: {holder} holds it", holder=holder)
    return say("for ever: it depends on {holder}", holder=holder)


def _remarked(turns: list[Turn], remarks: dict[int, Message], language: str) -> list[Turn]:
    return [
        replace(turn, remark=clean(translate(remarks[turn.number], language)), crucial=True)
        if turn.number in remarks
        else turn
        for turn in turns
    ]


def _first_shown(count: int, lost: Lost | None, most: int) -> int:
    """How many steps are left out at the beginning: the failure is at the end unless an update was lost before."""
    if count <= most:
        return 0
    point = lost.read - BEFORE_THE_POINT if lost else count
    return max(0, min(point, count - most))


def _sentence(witness: Witness, lost: Lost | None, language: str) -> Clean:
    """One sentence for those who cannot see the drawing, and for those who can."""
    if witness.blocked and _is_circle(witness.blocked):
        message = say("Each waits for something that another one holds: nobody can move any more.")
    elif witness.blocked:
        message = say("Whoever still runs waits for something that nobody will do any more.")
    elif lost:
        message = say(
            "{worker} reads the value in step {read}; in step {overwritten} it writes what it made of it "
            "over the value that was written in step {written}: that update is lost.",
            worker=witness.steps[lost.read - 1].worker,
            read=lost.read,
            written=lost.written,
            overwritten=lost.overwritten_by,
        )
    else:
        message = ORDER
    return clean(translate(message, language))


def _is_circle(blocked: tuple[Blocked, ...]) -> bool:
    holders = {one.worker: one.held_by for one in blocked}
    for start in holders:
        at = start
        for _ in holders:
            at = holders.get(at, "")
            if at == start:
                return True
    return False
