"""The suite of ex03 as one would write it in plain pytest: same promises and start methods, in one process.

Only benchmarks run it, on the module `ex03`. How often each racing check is repeated, $PEER_REPEATS says: so often that
it would find a program without the lock with 95 % probability.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing as mp
import os
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import pytest

METHODS = ("fork", "spawn", "forkserver")
TIMES = 20_000  # enough for processes that were started one after the other to meet
REPEATS = json.loads(os.environ.get("PEER_REPEATS", "{}"))
"""By `check[method]`; once where it is not named."""


def load() -> ModuleType:
    """The submission; its folder is on $PYTHONPATH, also for a child that was spawned."""
    return importlib.import_module("ex03")


def call(function: str, start: Any, arguments: tuple[Any, ...]) -> None:
    """Body of a worker: begin together with the others, then call."""
    start.wait()
    getattr(load(), function)(*arguments)


def update_often(start: Any, counter: Any, lock: Any) -> None:
    """Body of a worker: as `call`, as many updates as others make additions."""
    start.wait()
    update = load().update
    for _ in range(TIMES):
        update(counter, lock, Plus(1))


def together(method: str, *calls: tuple[str, tuple[Any, ...]]) -> list[int | None]:
    """Make the calls in processes of their own, begun together; their exit codes."""
    context: Any = mp.get_context(method)
    barrier = context.Barrier(len(calls))
    return codes([context.Process(target=call, args=(function, barrier, args)) for function, args in calls])


def codes(workers: Sequence[Any]) -> list[int | None]:
    """Start all, wait for all; their exit codes."""
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    return [worker.exitcode for worker in workers]


class Plus:
    """A change, or a job that gives the amount."""

    def __init__(self, amount: int) -> None:
        self.amount = amount

    def __call__(self, value: int = 0) -> int:
        return value + self.amount


class Boom:
    """A change or a job that raises."""

    def __call__(self, *_: int) -> int:
        raise LookupError("boom")


class Meet:
    """A job that waits for the job of the other process."""

    def __init__(self, barrier: Any) -> None:
        self.barrier = barrier

    def __call__(self) -> int:
        self.barrier.wait(30)
        return 1


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """A careful author leaves no process behind: without this, one that hangs would keep pytest from ending at all."""
    yield
    for child in mp.active_children():
        child.kill()
        child.join()


@pytest.fixture(params=METHODS)
def method(request: pytest.FixtureRequest) -> str:
    """The start method."""
    return str(request.param)


@pytest.fixture
def repeats(method: str, request: pytest.FixtureRequest) -> Iterator[int]:
    """How often luck has to be tried under it."""
    check = request.function.__name__.removeprefix("test_")
    return iter(range(REPEATS.get(f"{check}[{method}]", 1)))


def pair(method: str, *, raw: bool = False) -> tuple[Any, Any]:
    """A counter at 5 and the lock."""
    context: Any = mp.get_context(method)
    return (context.Value("i", 5, lock=False) if raw else context.Value("i", 5)), context.Lock()


def free(lock: Any) -> bool:
    """Whether the lock can be had."""
    return bool(lock.acquire(block=False))


@pytest.mark.parametrize("raw", [False, True])
def test_adds_times(method: str, raw: object) -> None:
    counter, lock = pair(method, raw=bool(raw))
    assert together(method, ("add_many", (counter, lock, 3))) == [0]
    assert (counter.value, free(lock)) == (8, True)


def test_keeps_every_addition(method: str, repeats: Iterator[int]) -> None:
    for _ in repeats:
        counter, lock = pair(method)
        assert together(method, *[("add_many", (counter, lock, TIMES))] * 2) == [0, 0]
        assert counter.value == 5 + 2 * TIMES


def test_shares_the_lock(method: str, repeats: Iterator[int]) -> None:
    for _ in repeats:
        counter, lock = pair(method, raw=True)
        assert together(method, *[("add_many", (counter, lock, TIMES))] * 2) == [0, 0]
        assert counter.value == 5 + 2 * TIMES


def test_counts_together(method: str, repeats: Iterator[int]) -> None:
    mp.set_start_method(method, force=True)
    for _ in repeats:
        assert load().count_together(2, TIMES) == 2 * TIMES


def test_counts_in_processes(method: str) -> None:
    mp.set_start_method(method, force=True)
    assert load().count_together(3, 2) == 6
    assert mp.active_children() == []


def test_returns_the_new_value(method: str) -> None:
    counter, lock = pair(method)
    assert load().update(counter, lock, Plus(2)) == 7


def test_updates_in_one_step(method: str, repeats: Iterator[int]) -> None:
    for _ in repeats:
        context: Any = mp.get_context(method)
        counter, lock = pair(method)
        start = context.Barrier(2)
        assert codes([context.Process(target=update_often, args=(start, counter, lock)) for _ in range(2)]) == [0, 0]
        assert counter.value == 5 + 2 * TIMES


def test_survives_a_failing_change(method: str) -> None:
    counter, lock = pair(method)
    with pytest.raises(LookupError):
        load().update(counter, lock, Boom())
    assert (counter.value, free(lock)) == (5, True)


def test_adds_each_result(method: str) -> None:
    counter, lock = pair(method)
    assert together(method, ("add_results", (counter, lock, [Plus(1), Plus(0), Plus(-3)]))) == [0]
    assert counter.value == 3


def test_keeps_every_result(method: str, repeats: Iterator[int]) -> None:
    for _ in repeats:
        counter, lock = pair(method)
        assert together(method, *[("add_results", (counter, lock, [Plus(1)] * TIMES))] * 2) == [0, 0]
        assert counter.value == 5 + 2 * TIMES


def test_runs_jobs_at_once(method: str) -> None:
    counter, lock = pair(method)
    meeting = Meet(mp.get_context(method).Barrier(2))
    assert together(method, *[("add_results", (counter, lock, [meeting]))] * 2) == [0, 0]
    assert counter.value == 7


def test_keeps_results_before_a_failure(method: str) -> None:
    counter, lock = pair(method)
    with pytest.raises(LookupError):
        load().add_results(counter, lock, [Plus(2), Boom()])
    assert (counter.value, free(lock)) == (7, True)


def test_prints_nothing(method: str, capfd: pytest.CaptureFixture[str]) -> None:
    mp.set_start_method(method, force=True)
    load().count_together(2, 1)
    assert capfd.readouterr().out == ""
