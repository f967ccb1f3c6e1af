"""A drawing shows those who have a part in the failure, and nobody else."""

from __future__ import annotations

from dataclasses import replace

from grader.model.witness import Blocked, Step, Witness
from grader.report.focus import focused
from grader.report.interleaving import interleave
from tests.report.samples import DEADLOCK, LOST_UPDATE
from tests.report.test_standing import FED

LOOKS = Step(worker="main", op="acquire", resource="lock-1", value="True")
STARTS = Step(worker="main", op="begin", resource="scenario")


def test_who_only_looks_afterwards_is_left_out() -> None:
    """The scenario's own process asks whether the lock is free: that is no part of the lost update."""
    told = focused(interleave(replace(LOST_UPDATE, steps=(STARTS, *LOST_UPDATE.steps, LOOKS)), "en"))

    assert told.lanes == ("first", "second")
    assert [turn.number for turn in told.turns] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert {turn.lane for turn in told.turns} == {0, 1}


def test_who_waits_for_the_stuck_ones_is_left_out_and_they_are_not() -> None:
    """`main` joins: everybody knows that. Lanes are numbered anew, and so are the holders of what is waited for."""
    waits = Blocked(worker="main", op="join", resource="first", held_by="first")
    told = focused(
        interleave(replace(DEADLOCK, steps=(STARTS, *DEADLOCK.steps), blocked=(waits, *DEADLOCK.blocked)), "en")
    )

    assert told.lanes == ("first", "second")
    assert [(wait.lane, wait.holder) for wait in told.waits] == [(0, 1), (1, 0)]


def test_who_puts_an_item_that_is_taken_stays() -> None:
    """A partner of the suite has no lines, but the arrow begins in its lane."""
    told = focused(interleave(Witness(schedule=(), steps=FED), "en"))

    assert told.lanes == ("first", "second", "reader")


def test_when_nobody_has_a_part_all_are_shown() -> None:
    """A picture without lanes would tell nothing."""
    steps = tuple(Step(worker=name, op="begin", resource="") for name in "ab")

    assert focused(interleave(Witness(schedule=(), steps=steps), "en")).lanes == ("a", "b")
