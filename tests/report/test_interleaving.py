"""A witness is told as what it is: a lost update, a circle of waiting, or just an order of steps."""

from __future__ import annotations

from grader.model.witness import Blocked, Step, Witness
from grader.report.interleaving import LONGEST, Lost, State, find_lost_update, interleave
from tests.report.samples import DEADLOCK, LOST_UPDATE


def _steps(*words: str) -> tuple[Step, ...]:
    pairs = (word.split() for word in words)
    return tuple(Step(worker=worker, op=op, resource="counter", value="1", line=3) for worker, op in pairs)


def test_a_lost_update_is_found() -> None:
    """A value read, changed by another, then written over: three steps are named."""
    assert find_lost_update(LOST_UPDATE.steps) == Lost(read=3, written=5, overwritten_by=7)


def test_updates_one_after_the_other_lose_nothing() -> None:
    """Read and write in turn is no lost update, however often."""
    assert find_lost_update(_steps("a read", "a write", "b read", "b write", "a read", "a write")) is None


def test_a_write_that_read_nothing_is_no_lost_update() -> None:
    """A flag that two set without reading it has lost nothing."""
    assert find_lost_update(_steps("a write", "b write", "a write")) is None


def test_reading_again_makes_the_value_fresh() -> None:
    """What counts is the last read before the write."""
    assert find_lost_update(_steps("a read", "b read", "b write", "a read", "a write")) is None


def test_a_circle_of_waiting_is_told_with_its_holders() -> None:
    """Each one waits for the other: their last steps say who holds what they need, and the waits never end."""
    told = interleave(DEADLOCK, "en")
    waiting = [stretch for stretch in told.stretches if stretch.state is State.WAITS]

    assert [turn.remark for turn in told.turns[2:]] == ["for ever: second holds it", "for ever: first holds it"]
    assert [stretch.last for stretch in waiting] == [None, None]
    assert told.sentence.startswith("Each waits for something")


def test_a_worker_that_only_waits_has_its_lane() -> None:
    """Who did not take a single step is in the picture when it is stuck."""
    stuck = Witness(schedule=(), steps=(), blocked=(Blocked(worker="late", op="get", resource="queue-1"),))

    told = interleave(stuck, "en")

    assert told.lanes == ("late",)
    assert told.waits[0].text == "waits for an item of queue-1"


def test_holding_lasts_from_acquire_to_release() -> None:
    """A lock that is taken and given back is held between the two steps, nested ones side by side."""
    steps = (
        Step(worker="a", op="acquire", resource="one"),
        Step(worker="a", op="acquire", resource="two"),
        Step(worker="a", op="release", resource="two"),
        Step(worker="a", op="release", resource="one"),
    )
    held = interleave(Witness(schedule=(), steps=steps), "en").stretches

    assert [(hold.resource, hold.first, hold.last, hold.depth) for hold in held] == [("two", 2, 3, 1), ("one", 1, 4, 0)]


def test_a_long_witness_is_cut_around_its_failure() -> None:
    """Of hundreds of steps those around the lost update are shown, and the rest is counted."""
    calm = _steps(*("a read", "a write") * 150)
    story = _steps("a read", "b read", "b write", "a write")
    told = interleave(Witness(schedule=(), steps=calm + story + calm), "en")

    assert len(told.turns) == LONGEST
    assert told.earlier + len(told.turns) + told.later == 604
    assert sum(turn.crucial for turn in told.turns) == 3


def test_an_operation_nobody_knows_is_said_as_it_is() -> None:
    """A new word of the recorder does not break a report."""
    told = interleave(Witness(schedule=(), steps=(Step(worker="a", op="teleport", resource="x", value="1"),)), "zh")

    assert told.turns[0].text == "teleport x 1"
