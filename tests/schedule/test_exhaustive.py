"""Every schedule within the bound is executed once, those with fewer preemptions first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.schedule.coordinator import Coordinator
from grader.schedule.exhaustive import Exhaustive
from grader.schedule.policy import Choice
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay


def execute(schedule: Sequence[str], turns: dict[str, int]) -> list[Choice]:
    """Run workers that always can go on, each with so many turns."""
    coordinator, left, current = Coordinator(Replay(schedule), Reduction()), dict(turns), None
    while any(left.values()):
        able = [name for name, count in left.items() if count]
        current = coordinator.choose(able, current) if len(able) > 1 else able[0]
        left[current] -= 1
    return coordinator.choices


def orders(turns: dict[str, int], *, preemptions: int, cap: int = 10_000) -> tuple[Exhaustive, list[list[Choice]]]:
    """All schedules of such workers."""
    search, found = Exhaustive(preemptions=preemptions, cap=cap), []
    while (schedule := search.next()) is not None:
        found.append(execute(schedule, turns))
        search.executed(found[-1])
    return search, found


def cost(choices: list[Choice]) -> int:
    """How many preemptions a schedule has."""
    return sum(choice.current is not None and choice.chosen != choice.current for choice in choices)


@pytest.mark.parametrize(
    ("turns", "count"), [({"a": 1, "b": 1}, 2), ({"a": 2, "b": 2}, 6), ({"a": 1, "b": 1, "c": 1}, 6)]
)
def test_without_bound_every_order_is_executed(turns: dict[str, int], count: int) -> None:
    """As many as there are ways to merge the workers' turns."""
    assert len(orders(turns, preemptions=99)[1]) == count


@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), min_size=1), st.integers(0, 3))
def test_no_schedule_is_executed_twice_or_beyond_the_bound(turns: dict[str, int], bound: int) -> None:
    """And every one within it is among all there are."""
    search, found = orders(turns, preemptions=bound)
    everything = orders(turns, preemptions=99)[1]
    names = [tuple(choice.chosen for choice in choices) for choices in found]

    assert search.complete
    assert len(set(names)) == len(names)
    assert sorted(names) == sorted(
        tuple(choice.chosen for choice in choices) for choices in everything if cost(choices) <= bound
    )


@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), min_size=1))
def test_fewer_preemptions_come_first(turns: dict[str, int]) -> None:
    """The plainest witness is the first that is found."""
    costs = [cost(choices) for choices in orders(turns, preemptions=3)[1]]

    assert all(before <= after for before, after in pairwise(costs))


def test_cap_ends_the_search_and_is_told() -> None:
    """How far it came is what a report may say."""
    search, found = orders({"a": 3, "b": 3}, preemptions=3, cap=4)

    assert len(found) == search.schedules == 4
    assert not search.complete
    assert search.preemptions_covered == 0


def test_nothing_covered_is_minus_one() -> None:
    """Before the first schedule not even those without preemption are done."""
    assert Exhaustive(preemptions=2, cap=0).next() is None
    assert Exhaustive(preemptions=2, cap=1).preemptions_covered == -1


def test_complete_search_covers_its_bound() -> None:
    """All is all."""
    assert orders({"a": 2, "b": 2}, preemptions=1)[0].preemptions_covered == 1
