"""A schedule is followed as far as it reaches."""

from __future__ import annotations

import pytest

from grader.schedule.policy import Choice, Diverged, Follow


def test_beyond_the_schedule_nobody_is_interrupted() -> None:
    """Whoever had the last turn goes on; else the first of the candidates."""
    policy = Follow(["b"])

    assert policy.choose(["a", "b"], None) == "b"
    assert policy.choose(["a", "b"], "b") == "b"
    assert policy.choose(["a", "c"], "b") == "a"


def test_choices_tell_whether_they_were_preemptions() -> None:
    """`current` is only named if it could have gone on."""
    policy = Follow(["b", "a"])
    policy.choose(["a", "b"], "a")
    policy.choose(["a", "c"], "b")

    assert policy.choices == [
        Choice(candidates=("a", "b"), current="a", chosen="b"),
        Choice(candidates=("a", "c"), current=None, chosen="a"),
    ]


def test_schedule_that_cannot_be_followed_diverges() -> None:
    """It names the turn, who was expected and who could go."""
    with pytest.raises(Diverged, match=r"turn 1 of the schedule is c's, but only a, b can go on"):
        Follow(["c"]).choose(["a", "b"], None)
