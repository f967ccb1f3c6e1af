"""Who waits in slices comes to its end, and its slices are what it asked for as long as anybody may count them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.inside.vocabulary import Op
from grader.schedule.coordinator import End
from tests.schedule.by_hand import Move, Run, give, read, sleep, take, write


def in_slices(run: list[Run], seconds: float, between: list[float]) -> Iterator[Move]:
    """Until so many seconds have passed, wait in slices; notes how long what it does between two of them took."""
    yield read("flag", clock=1)
    while run[0].coordinator.time < seconds:
        yield sleep(0.05)
        woken = run[0].coordinator.time
        yield read("flag", clock=2)
        between.append(run[0].coordinator.time - woken)


def test_loop_that_waits_in_slices_spends_its_time_in_them() -> None:
    """However many slices it would take, it comes to its end; and who adds up what it has waited counts all of it."""
    runs: list[Run] = []
    between: list[float] = []
    run = Run({"a": in_slices(runs, 300, between), "b": [sleep(600)]}, unreduced=True)
    runs.append(run)

    assert run.end() == End()
    assert set(between) == {0.0}


def polling(run: list[Run], *, wait: float, pause: float | None) -> Iterator[Move]:
    """Try to take a lock as long as the other one lives, sleeping in between if there is a pause."""
    while not run or "a" in run[0].coordinator.workers:
        yield take("lock", wait=wait)
        if pause is not None:
            yield sleep(pause)


@pytest.mark.parametrize(("wait", "pause"), [(0.0, 0.001), (0.0, 0.0), (0.001, None)])
def test_lock_that_is_held_for_long_may_be_asked_for_in_slices(wait: float, pause: float | None) -> None:
    """Beside data that is watched free runs cannot pass a check: polling has to come to its end within turns."""
    runs: list[Run] = []
    holder = [take("lock"), read("n"), sleep(15), write("n", 1), give("lock")]
    run = Run({"a": holder, "b": polling(runs, wait=wait, pause=pause)}, unreduced=True)
    run.world.numbers["n"] = 0
    runs.append(run)

    assert run.end() == End()
    assert run.coordinator.time >= 15


def test_slices_are_not_stretched_where_nothing_is_watched() -> None:
    """Who counts what it has slept counts right."""
    runs: list[Run] = []
    run = Run({"a": [take("lock"), sleep(6), give("lock")], "b": polling(runs, wait=0.0, pause=0.01)}, unreduced=True)
    runs.append(run)
    run.end()

    assert sum(step.op == Op.SLEEP for step in run.coordinator.steps if step.worker == "b") >= 600
