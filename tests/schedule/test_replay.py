"""A schedule is followed as far as it reaches."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from grader.schedule.coordinator import Coordinator
from grader.schedule.policy import Choice, Diverged
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from tests.schedule.by_hand import Move, Run, read, told, turns, write


def test_beyond_the_schedule_nobody_is_interrupted() -> None:
    """Whoever had the last turn goes on; else the first of the candidates."""
    policy = Replay(["b"])

    assert policy.choose(["a", "b"], None) == "b"
    assert policy.choose(["a", "b"], "b") == "b"
    assert policy.choose(["a", "c"], "b") == "a"


def test_choices_tell_whether_they_were_preemptions() -> None:
    """`current` is only named if it could have gone on."""
    coordinator = Coordinator(Replay(["b", "a"]), Reduction())
    coordinator.choose(["a", "b"], "a")
    coordinator.choose(["a", "c"], "b")

    assert coordinator.choices == [
        Choice(candidates=("a", "b"), current="a", chosen="b"),
        Choice(candidates=("a", "c"), current=None, chosen="a"),
    ]


def test_schedule_that_cannot_be_followed_diverges() -> None:
    """It names the turn, who was expected and who could go."""
    with pytest.raises(Diverged, match=r"turn 1 of the schedule is c's, but only a, b can go on"):
        Replay(["c"]).choose(["a", "b"], None)


def test_schedule_of_a_run_replays_the_run() -> None:
    """The same turns in the same order, and nothing of the schedule is left over."""
    program: dict[str, Iterable[Move]] = {"a": [read("n"), write("n", 1)], "b": [read("n"), write("n", 2)]}
    first = Run(program, ["a", "b", "b", "a"], unreduced=True)
    first.end()
    again = Run(program, first.coordinator.witness.schedule, unreduced=True)
    again.end()

    assert (turns(again), told(again)) == (turns(first), told(first))
    assert isinstance(again.coordinator.policy, Replay)
    assert again.coordinator.policy.is_done
