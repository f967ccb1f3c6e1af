"""Turns are granted one at a time, in virtual time; what nobody can get on from is a deadlock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader.inside.vocabulary import Aspect, Op
from grader.model.witness import Blocked
from grader.schedule.coordinator import IN_A_ROW, MOST_TURNS, Coordinator, End, Grant, Uncontrolled
from grader.schedule.policy import Diverged
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.schedule.workers import News, Request
from tests.schedule.by_hand import (
    Move,
    Run,
    give,
    join,
    read,
    sleep,
    spinning,
    take,
    told,
    turns,
    until_set,
    write,
)


def adder(*, lock: str = "") -> list[Move]:
    """Read and write, as `counter.value += 1` does."""
    moves = [read("counter"), write("counter", 1)]
    return [take(lock), *moves, give(lock)] if lock else moves


def test_worker_goes_on_until_it_has_ended() -> None:
    """Without a schedule nobody is interrupted, and the first one begins."""
    run = Run({"a": adder(), "b": adder()}, unreduced=True)

    assert run.end() == End()
    assert turns(run) == ["a", "a", "b", "b"]


def test_schedule_says_who_goes_on() -> None:
    """Each of its entries is one choice; the rest is as without."""
    run = Run({"a": adder(), "b": adder()}, ["a", "b"], unreduced=True)
    run.end()

    assert turns(run) == ["a", "b", "b", "a"]
    assert run.coordinator.witness.schedule == ("a", "b", "b")


def test_same_schedule_has_the_same_steps() -> None:
    """Nothing but the schedule decides: the order of the workers is that in which they were brought up."""
    first, second = (Run({"b": adder(), "a": adder()}, ["b", "a"], unreduced=True) for _ in range(2))
    first.end()
    second.end()

    assert first.coordinator.witness == second.coordinator.witness


def test_schedule_of_another_program_is_told() -> None:
    """A program that does not depend on the schedule alone cannot be explored."""
    run = Run({"a": adder(), "b": adder()}, ["a", "c"], unreduced=True)

    with pytest.raises(Diverged, match="turn 2 of the schedule is c's"):
        run.end()


def test_lock_lets_one_in() -> None:
    """Who waits for a lock gets no turn before it is free."""
    run = Run({"a": adder(lock="lock"), "b": adder(lock="lock")}, ["a", "b"], unreduced=True)
    run.end()

    assert told(run)[:5] == ["a acquire lock", "a read counter", "a write counter", "a release lock", "b acquire lock"]


def test_waiting_is_told_once() -> None:
    """A worker that cannot go on is noted when it begins to wait."""
    run = Run({"a": adder(lock="lock"), "b": adder(lock="lock")}, unreduced=True)
    run.coordinator.advance()
    run = Run({"a": [take("lock"), read("n"), read("n"), give("lock")], "b": [take("lock")]}, unreduced=True)
    run.end()

    assert [str(step) for step in run.coordinator.steps if step.note == "waits"] == ["b: acquire lock [waits]"]


def test_circle_of_two_locks_is_a_deadlock() -> None:
    """It is told with who waits for what, who holds that, and what each one holds."""
    run = Run({"a": [take("A"), take("B")], "b": [take("B"), take("A")]}, ["a", "b"], unreduced=True)

    assert run.end() == End(
        blocked=(
            Blocked(worker="a", op="acquire", resource="B", held_by="b", holds=("A",)),
            Blocked(worker="b", op="acquire", resource="A", held_by="a", holds=("B",)),
        )
    )


def test_lock_taken_twice_is_a_deadlock() -> None:
    """Its holder waits for itself."""
    run = Run({"a": [take("A"), take("A")]})

    assert run.end() == End(blocked=(Blocked(worker="a", op="acquire", resource="A", held_by="a", holds=("A",)),))


def test_released_lock_has_no_holder() -> None:
    """What was given back is not held against anybody."""
    run = Run({"a": [take("A"), give("A"), take("B"), take("B")]})
    step = run.end()

    assert isinstance(step, End)
    assert step.blocked[0].holds == ("B",)


def test_join_of_each_other_is_a_deadlock() -> None:
    """It needs no lock to wait in a circle."""
    run = Run({"a": [join("b")], "b": [join("a")]})
    step = run.end()

    assert isinstance(step, End)
    assert [blocked.resource for blocked in step.blocked] == ["b", "a"]


def test_join_waits_for_the_end() -> None:
    """Who joins goes on when the other one is gone, and is told so."""
    run = Run({"main": [join("a")], "a": [sleep(1)]})
    run.end()

    assert turns(run) == ["a", "main"]
    assert run.grants[-1].gone == ("a",)


def test_clock_jumps_to_the_earliest_end_of_a_wait() -> None:
    """An hour costs nothing; whoever waits less goes first."""
    run = Run({"a": [sleep(3600)], "b": [sleep(60), write("n", 1)]}, unreduced=True)
    run.end()

    assert [(grant.worker, grant.time) for grant in run.grants] == [("b", 60.0), ("b", 60.0), ("a", 3600.0)]


def test_time_stands_still_while_somebody_can_go_on() -> None:
    """A time limit decides nothing that an order of turns decides."""
    run = Run({"a": [take("A"), *[write("n", i) for i in range(30)], give("A")], "b": [take("A", wait=0.001)]})
    run.end()

    assert run.coordinator.time == 0.0
    assert run.world.late == []


def test_time_limit_ends_a_wait_that_nobody_else_ends() -> None:
    """It is late by virtual time, never by the machine's."""
    run = Run({"a": [take("A"), sleep(5), give("A")], "b": [take("A", wait=2.0)]}, unreduced=True)
    run.end()

    assert sorted(run.world.late) == ["a", "b"]
    assert [grant.time for grant in run.grants if grant.late] == [2.0, 5.0]


def test_asking_again_does_not_move_a_deadline() -> None:
    """A wait of two seconds ends after two seconds, however often it was in vain."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    coordinator.hello("a")
    get = Request(op=Op.GET, on="box", need=("box", Aspect.CHANGED), wait=2.0)
    coordinator.asked("a", get)
    tried = coordinator.advance()
    coordinator.asked("a", replace(get, again=True))
    coordinator.time = 1.5
    coordinator.shadow.news("b", [News(on="box", aspect=Aspect.CHANGED, holds=None)])
    tried_again = coordinator.advance()
    coordinator.asked("a", replace(get, again=True))
    ended = coordinator.advance()

    assert [step.late for step in (tried, tried_again) if isinstance(step, Grant)] == [False, False]
    assert isinstance(ended, Grant)
    assert (ended.late, ended.time) == (True, 2.0)


def test_what_may_have_changed_is_tried_once_per_change() -> None:
    """A try in vain is not repeated before something happened to the resource."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    coordinator.hello("a")
    request = Request(op=Op.GET, on="box", need=("box", Aspect.CHANGED), wait=None)
    coordinator.asked("a", request)
    coordinator.shadow.news("b", [News(on="box", aspect=Aspect.CHANGED, holds=None)])

    assert isinstance(coordinator.advance(), Grant)

    coordinator.asked("a", Request(op=Op.GET, on="box", need=request.need, wait=None, again=True))

    assert isinstance(coordinator.advance(), End)


def test_nobody_gets_a_turn_while_somebody_runs() -> None:
    """Not before all have said what they want, nor before a child that was announced has come."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.hello("main")

    assert not coordinator.quiet()

    coordinator.asked("main", Request(op=Op.START, on="main/1", born=("main/1",)))

    assert not coordinator.quiet()

    coordinator.hello("main/1")

    assert not coordinator.quiet()

    coordinator.asked("main/1", Request(op=Op.READ, on="n"))

    assert coordinator.quiet()


def test_process_on_its_way_out_is_waited_for() -> None:
    """Others go on meanwhile only if they can; time does not jump while one is leaving."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    for name in ("a", "a/1"):
        coordinator.hello(name)
    coordinator.asked("a/1", Request(op=Op.JOIN, on="a", need=("a", Aspect.GONE), wait=60.0))
    coordinator.asked("a", Request(leaving=True))

    assert coordinator.quiet()
    assert coordinator.advance() is None

    coordinator.gone("a")
    step = coordinator.advance()

    assert isinstance(step, Grant)
    assert (step.late, step.time) == (False, 0.0)


def test_leaving_process_without_children_or_items_is_busy() -> None:
    """It will be gone in a moment: its end is awaited before others are asked."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    coordinator.hello("a")
    coordinator.asked("a", Request(leaving=True))

    assert not coordinator.quiet()


def test_loop_that_looks_at_something_lets_others_go_first() -> None:
    """It is in vain to look again before anybody else did something."""
    runs: list[Run] = []
    run = Run({"a": until_set(runs), "b": [write("flag", 1)]}, unreduced=True)
    runs.append(run)
    run.end()

    assert turns(run).index("b") <= IN_A_ROW


def test_loop_that_looks_at_the_clock_moves_it() -> None:
    """Waiting for somebody who sleeps comes to an end if the loop reads the time."""
    runs: list[Run] = []
    run = spinning(until_set(runs, clock=1))
    runs.append(run)

    assert run.end() == End()
    assert run.coordinator.time >= 1.0


def test_loop_without_end_is_outside() -> None:
    """Too many operations prove nothing: free runs have to decide."""
    run = Run({"a": until_set([])}, unreduced=True)

    assert run.end() == Uncontrolled(what=f"more than {MOST_TURNS} operations in one schedule")


def polite(mine: str, other: str, seconds: float, runs: list[Run], name: str) -> Iterator[Move]:
    """Hold one lock and wait a moment for another; if it does not come, let go of the first and begin anew."""
    while True:
        yield take(mine)
        yield take(other, wait=seconds)
        if name not in runs[0].world.late:
            break
        runs[0].world.late.remove(name)
        yield give(mine)
    yield give(other)
    yield give(mine)


def test_workers_that_give_way_to_each_other_come_to_an_end() -> None:
    """A schedule that lets them meet again for ever is not one that a machine keeps up."""
    runs: list[Run] = []
    first, second = polite("x", "y", 0.01, runs, "a"), polite("y", "x", 0.02, runs, "b")
    run = Run({"a": first, "b": second}, ["a", "b"], unreduced=True)
    runs.append(run)

    assert run.end() == End()
    assert len(run.grants) <= IN_A_ROW


def test_memory_that_changes_in_a_turn_to_write_it_is_fine() -> None:
    """The value that was announced is the value that is there."""
    run = Run({"a": adder(), "b": adder()}, unreduced=True)
    run.world.numbers["counter"] = 0

    assert run.end() == End()


@pytest.mark.parametrize(
    "turn",
    [
        Request(op=Op.READ, on="counter", line=7),
        Request(op=Op.WRITE, on="other", value="1", line=7),
        Request(op=Op.WRITE, on="counter", value="2", line=7),
    ],
    ids=["in a turn to read", "in a turn to write something else", "to another value than was said"],
)
def test_memory_that_changes_without_its_turn_is_outside(turn: Request) -> None:
    """What changes shared data behind the gates would look atomic: it is never a pass."""

    def sneaks(run: Run) -> Move:
        def act(_world: object) -> tuple[bool, tuple[News, ...], tuple[str, ...]]:
            run.world.numbers["counter"] = 1
            return True, (), ()

        return Move(turn, act)

    moves: list[Move] = []
    run = Run({"a": iter(moves), "b": [read("n")]}, unreduced=True)
    run = Run({"b": [read("n"), read("n")]}, unreduced=True)
    run.world.numbers["counter"] = 0
    run._moves["b"] = iter([sneaks(run), read("n")])
    step = run.end()

    assert isinstance(step, Uncontrolled)
    assert (step.what, step.line) == ("counter changed without a turn to write it", 7)


def test_what_a_gate_calls_uncontrolled_ends_the_episode() -> None:
    """The first thing that was said counts."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    coordinator.hello("a")
    coordinator.asked("a", Request(uncontrolled="a Pipe", line=3))
    coordinator.asked("a", Request(uncontrolled="a thread", line=4))

    assert coordinator.advance() == Uncontrolled(what="a Pipe", line=3)


def test_worker_that_ends_without_a_word_leaves_doubt() -> None:
    """`os._exit` after a release tells nothing: whoever waits for the lock tries, and is not called stuck."""
    coordinator = Coordinator(Replay(), Reduction())
    coordinator.expected = set()
    for name in ("a", "b"):
        coordinator.hello(name)
    taken = (News(on="lock", aspect=Aspect.FREE, holds=False),)
    wants = Request(op=Op.ACQUIRE, on="lock", need=("lock", Aspect.FREE), wait=None)
    coordinator.asked("a", Request(op=Op.RELEASE, on="lock", news=taken))
    coordinator.asked("b", wants)
    assert coordinator.advance() == Grant(worker="a", late=False, time=0.0, gone=())

    coordinator.gone("a")

    granted = coordinator.advance()
    assert isinstance(granted, Grant)
    assert granted.worker == "b"
    coordinator.asked("b", Request(op=Op.ACQUIRE, on="lock", need=wants.need, wait=None, again=True, news=taken))
    assert isinstance(coordinator.advance(), End)
