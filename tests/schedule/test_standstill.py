"""Who polls for ever for what nobody will ever give back is stuck, if its source says that it does nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.model.witness import Blocked
from grader.schedule.coordinator import MOST_TURNS, End, Uncontrolled
from tests.schedule.by_hand import Move, Run, give, sleep, take

HOLDS, POLLS, PAUSES = 3, 4, 5  # lines


def at(line: int, move: Move) -> Move:
    """The same in a line of the program."""
    return Move(replace(move.request, line=line), move.act)


def greedy(mine: str, other: str, *, pause: float | None = None) -> Iterator[Move]:
    """Take one lock, and ask for the other until it is there, without ever giving back the first."""
    yield at(HOLDS, take(mine))
    while True:
        yield at(POLLS, take(other, wait=0.0 if pause is not None else 0.1))
        if pause is not None:
            yield at(PAUSES, sleep(pause))


def two_greedy(*, pause: float | None = None) -> Run:
    """Each of them holds what the other one asks for."""
    program: dict[str, Iterable[Move]] = {"a": greedy("A", "B", pause=pause), "b": greedy("B", "A", pause=pause)}
    run = Run(program, ["a", "b"], unreduced=True)
    run.coordinator.only_waits = lambda lines: set(lines) <= {POLLS, PAUSES}
    return run


def test_two_that_poll_for_each_others_lock_are_stuck() -> None:
    """It is told like a deadlock, and only how it began to go round is written down."""
    blocked = (
        Blocked(worker="a", op="acquire", resource="B", line=POLLS, held_by="b", holds=("A",)),
        Blocked(worker="b", op="acquire", resource="A", line=POLLS, held_by="a", holds=("B",)),
    )

    for pause in (None, 0.0, 0.01):
        run = two_greedy(pause=pause)

        assert run.end() == End(blocked=blocked)
        assert run.coordinator.blocked() == blocked
        assert len(run.coordinator.steps) < 20


def test_a_loop_that_may_end_is_not_taken_for_one_that_does_not() -> None:
    """It may count its tries: that has to be left to free runs."""
    run = two_greedy()
    run.coordinator.only_waits = lambda _lines: False

    assert run.end() == Uncontrolled(what=f"more than {MOST_TURNS} operations in one schedule")


def test_who_polls_for_somebody_who_sleeps_is_not_stuck() -> None:
    """However often it has looked meanwhile."""
    run = Run({"a": [take("A"), sleep(90), give("A")], "b": greedy("B", "A")}, unreduced=True)
    run.coordinator.only_waits = lambda lines: set(lines) <= {POLLS, PAUSES}
    end = run.end()

    assert "a" not in run.coordinator.workers
    assert isinstance(end, End)
