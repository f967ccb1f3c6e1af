"""A number names a schedule; different numbers name schedules that are far apart."""

from __future__ import annotations

from grader.schedule.coordinator import Coordinator
from grader.schedule.pct import Pct
from grader.schedule.reduction import Reduction

WORKERS = ("a", "b", "c")
TURNS = 6


def order(seed: int) -> tuple[str, ...]:
    """Who has the turns in a program whose workers always can go on, with so many turns each."""
    coordinator = Coordinator(Pct(seed), Reduction())
    left, found, current = dict.fromkeys(WORKERS, TURNS), [], None
    while able := [name for name in WORKERS if left[name]]:
        current = coordinator.choose(able, current) if len(able) > 1 else able[0]
        left[current] -= 1
        found.append(current)
    return tuple(found)


def test_the_same_number_names_the_same_schedule() -> None:
    """So that what was found once is found again."""
    assert [order(seed) for seed in range(20)] == [order(seed) for seed in range(20)]


def test_numbers_name_many_schedules() -> None:
    """Each worker comes first under some of them, and some are preempted."""
    orders = [order(seed) for seed in range(20)]

    assert {found[0] for found in orders} == set(WORKERS)
    assert len(set(orders)) > len(WORKERS) * 2
    assert any(found[0] in found[TURNS:] for found in orders)
