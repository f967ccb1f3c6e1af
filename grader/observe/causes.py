"""Why nobody can end the waits of a program, as far as the positions of its threads tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.model.message import Message, say
from grader.model.observation import Cause, Fallen
from grader.observe.saying import A_CHILD, UNNAMED
from grader.observe.waiting import Position, Role

OF_POOLS = {"Pool.map()", "Pool.starmap()", "Pool.apply()", "Pool.imap()", "Pool.join()", "AsyncResult.get()"}
OF_EXECUTORS = {"Future.result()", "Executor.map()", "Executor.shutdown()"}


@dataclass(frozen=True, slots=True)
class Waiter:
    """A thread that waits: the name of its process, where it is, in which call of the kernel."""

    process: str
    position: Position
    call: str
    loops: bool = False
    owns_only_end: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it waits in a line of the student's."""
        return self.position.line is not None


def cause_of(waiters: Sequence[Waiter], fallen: Sequence[Fallen]) -> Cause | None:
    """The first reason that fits, most telling ones first; None if none is known."""
    found = (rule(waiters) for rule in _RULES)
    known = next((cause for cause in found if cause), None)
    if fallen and (known is None or known.code in _MAY_COME_OF_AN_END):
        return Cause(code="child-died", sentence=_ended_before(fallen[0]))
    return known


def _ended_before(one: Fallen) -> Message:
    if one.error:
        return say("{who} had ended with {error} before that.", who=one.who, error=one.error)
    if one.code < 0:
        return say("{who} had been killed by signal {signal} before that.", who=one.who, signal=-one.code)
    return say("{who} had ended with exit code {code} before that.", who=one.who, code=one.code)


def _loops(waiters: Sequence[Waiter]) -> Cause | None:
    looping = [waiter for waiter in waiters if waiter.loops]
    if not looping:
        return None
    sentence = say(
        "{process} looks again and again at something that nobody who still runs can change.",
        process=looping[0].process,
    )
    return Cause(code="livelock", sentence=sentence)


def _undrained(waiters: Sequence[Waiter]) -> Cause | None:
    full = [waiter for waiter in waiters if waiter.position.role is Role.FEEDER and waiter.call.startswith("write")]
    if not full:
        return None
    process = full[0].process.partition(",")[0]  # behind it stands the function of the thread, if it has a name at all
    sentence = say(
        "A queue of {process} still holds items that do not fit into its pipe. Take all items before `join()`.",
        **(A_CHILD if process == UNNAMED else {"process": process}),
    )
    return Cause(code="join-before-drain", sentence=sentence)


def _taken_twice(waiters: Sequence[Waiter]) -> Cause | None:
    for waiter in waiters:
        for held in waiter.position.held:
            if waiter.position.wants == held.what and held.line != waiter.position.line:
                sentence = say(
                    "{process} waits for {lock}, which it took itself in line {line}.",
                    process=waiter.process,
                    lock=held.what,
                    line=held.line,
                )
                return Cause(code="lock-taken-twice", sentence=sentence)
    return None


def _in_a_circle(waiters: Sequence[Waiter]) -> Cause | None:
    both = [waiter for waiter in waiters if waiter.position.wants and waiter.position.held]
    if len(both) < 2:
        return None
    first, second = both[:2]
    sentence = say(
        "{first} holds {held} and waits for {wanted}; {second} holds {other_held} and waits for {other_wanted}.",
        first=first.process,
        held=first.position.held[0].what,
        wanted=first.position.wants,
        second=second.process,
        other_held=second.position.held[0].what,
        other_wanted=second.position.wants,
    )
    return Cause(code="lock-order", sentence=sentence)


def _held_while_waiting(waiters: Sequence[Waiter]) -> Cause | None:
    wanting = [waiter for waiter in waiters if waiter.position.wants]
    holding = [waiter for waiter in waiters if waiter.position.held and waiter not in wanting]
    if not wanting or not holding:
        return None
    sentence = say(
        "{holder} holds {lock} (line {line}) and waits in {call}; {waiter} needs the lock to go on.",
        holder=holding[0].process,
        lock=holding[0].position.held[0].what,
        line=holding[0].position.held[0].line,
        call=holding[0].position.call,
        waiter=wanting[0].process,
    )
    return Cause(code="lock-held", sentence=sentence)


def _not_marked(waiters: Sequence[Waiter]) -> Cause | None:
    if not any(waiter.position.call in {"JoinableQueue.join()", "queue.Queue.join()"} for waiter in waiters):
        return None
    sentence = say("`join()` of a queue waits until `task_done()` was called for each item: a call is missing.")
    return Cause(code="task-done-missing", sentence=sentence)


def _own_end(waiters: Sequence[Waiter]) -> Cause | None:
    owners = [waiter for waiter in waiters if waiter.owns_only_end and waiter.position.call != "Queue.get()"]
    if not owners:
        return None
    sentence = say(
        "The only open writing end of the pipe is that of {process} itself: close it there, else its end never comes.",
        process=owners[0].process,
    )
    return Cause(code="pipe-end-open", sentence=sentence)


def _no_item(waiters: Sequence[Waiter]) -> Cause | None:
    getting = [waiter for waiter in waiters if waiter.is_own and waiter.position.call.endswith("Queue.get()")]
    if not getting:
        return None
    sentence = say(
        "Processes that wait for one more item: {count}. Nobody who still runs can put one.", count=len(getting)
    )
    return Cause(
        code="missing-sentinel" if any(one.position.repeated for one in getting) else "no-item", sentence=sentence
    )


def _lost_task(waiters: Sequence[Waiter]) -> Cause | None:
    workers = [waiter for waiter in waiters if waiter.position.role is Role.POOL_WORKER]
    awaited = [waiter for waiter in waiters if waiter.position.call in OF_POOLS | OF_EXECUTORS]
    if not workers or not awaited or any(worker.is_own for worker in workers):
        return None
    sentence = say(
        "{process} waits for a result, but all workers are idle: the one that had its task has ended.",
        process=awaited[0].process,
    )
    return Cause(code="pool-worker-died", sentence=sentence)


def _never_released(waiters: Sequence[Waiter]) -> Cause | None:
    wanting = [waiter for waiter in waiters if waiter.position.wants]
    if not wanting:
        return None
    sentence = say(
        "{process} waits for {lock}, and nobody who still runs can release it.",
        process=wanting[0].process,
        lock=wanting[0].position.wants,
    )
    return Cause(code="lock-not-released", sentence=sentence)


_RULES: tuple[Callable[[Sequence[Waiter]], Cause | None], ...] = (
    _loops,
    _undrained,
    _taken_twice,
    _in_a_circle,
    _held_while_waiting,
    _not_marked,
    _own_end,
    _lost_task,
    _no_item,
    _never_released,
)
_MAY_COME_OF_AN_END = {"lock-not-released", "missing-sentinel", "no-item", "task-done-missing", "pool-worker-died"}
