"""Small programs under every schedule within a bound: what is found, in how many schedules, what may be left out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from grader.schedule.coordinator import End
from tests.schedule.by_hand import (
    Move,
    Run,
    explore,
    give,
    look_at,
    read,
    sleep,
    spinning,
    take,
    told,
    turns,
    until_set,
    write,
)


def results(runs: list[Run]) -> set[int]:
    """What the counter came to in these runs."""
    return {run.world.numbers.get("counter", 0) for run in runs}


def counting(*, lock: str = "", rounds: int = 1) -> dict[str, Iterable[Move]]:
    """Two workers that add 1 to a counter, so many times."""

    def add() -> Iterable[Move]:
        for _ in range(rounds):
            seen: list[int] = []
            if lock:
                yield take(lock)
            yield read("counter", into=seen)
            yield write("counter", seen[-1] + 1)
            if lock:
                yield give(lock)

    return {"a": add(), "b": add()}


@pytest.mark.parametrize(
    ("preemptions", "schedules", "seen"),
    [(0, 2, {2}), (1, 4, {1, 2}), (2, 6, {1, 2})],
)
def test_lost_update_needs_one_preemption(preemptions: int, schedules: int, seen: set[int]) -> None:
    """Two times two turns have six orders; two without a preemption, two more with one, two more with two."""
    runs = explore(counting, preemptions=preemptions)

    assert (len(runs), results(runs)) == (schedules, seen)


def test_lock_leaves_only_the_order_of_the_workers() -> None:
    """With the lock no schedule loses an update."""
    assert results(explore(lambda: counting(lock="lock"), preemptions=2)) == {2}


def passing_by(*, lock: str) -> dict[str, Iterable[Move]]:
    """Two workers that add, each beside something of its own."""

    def both(name: str, add: Iterable[Move]) -> Iterable[Move]:
        yield from add
        yield write(f"own of {name}", 1)
        yield read(f"own of {name}")

    return {name: both(name, add) for name, add in counting(lock=lock).items()}


@pytest.mark.parametrize("lock", ["", "lock"])
def test_reduction_loses_no_result(lock: str) -> None:
    """What is left out commutes: all results are still there, in fewer schedules."""
    full = explore(lambda: passing_by(lock=lock), preemptions=2)
    reduced = explore(lambda: passing_by(lock=lock), preemptions=2, unreduced=False)

    assert results(reduced) == results(full)
    assert len(reduced) < len(full)


def test_reading_many_things_is_no_loop() -> None:
    """Who reads one thing after the other is not made to wait for others."""

    def program() -> dict[str, Iterable[Move]]:
        return {"a": [*[read(f"n{i}") for i in range(9)], write("n0", 1)], "b": [read("n0")]}

    run = Run(program(), unreduced=True)
    run.end()

    assert turns(run) == ["a"] * 10 + ["b"]


def sleeping(*seconds: float) -> dict[str, Iterable[Move]]:
    """Workers that sleep and then add 1 to a counter."""

    def add(pause: float) -> Iterable[Move]:
        seen: list[int] = []
        yield sleep(pause)
        yield read("counter", into=seen)
        yield write("counter", seen[-1] + 1)

    return {f"w{number}": add(pause) for number, pause in enumerate(seconds)}


def test_workers_that_wake_at_once_race() -> None:
    """A time limit that has passed makes a worker able to go on; it does not wait until nobody else is."""
    assert results(explore(lambda: sleeping(60, 60), preemptions=2)) == {1, 2}
    assert results(explore(lambda: sleeping(60, 61), preemptions=2)) == {2}


def test_time_passes_while_somebody_spins() -> None:
    """Who sleeps wakes up although another one looks and looks without reading the clock."""
    runs: list[Run] = []
    run = spinning(until_set(runs))
    runs.append(run)

    assert run.end() == End()
    assert run.coordinator.time == 1.0


def look_then_read(seen: list[int]) -> Iterable[Move]:
    """Ask whether `b` is alive, then read."""
    yield look_at("b")
    yield read("n", into=seen)


def test_looking_at_a_worker_is_explored_before_and_after_its_turns() -> None:
    """Whether another one is alive depends on its turns, also on those that nobody else's values depend on."""
    found = []
    for run in explore(lambda: {"a": look_then_read([]), "b": [write("m", 1)]}, preemptions=1, unreduced=False):
        steps = told(run)
        found.append(steps.index("a is-alive b") < steps.index("b write m"))

    assert set(found) == {True, False}
