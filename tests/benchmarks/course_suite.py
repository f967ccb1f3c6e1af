"""The checks of ex03 as a course writes them today: asserts on the imported submission, in the process of the tests.

Only `comparison.py` runs them, by pytest as they are, and by check50 through `course_checks.py`. The author was
careful: workers begin together, add $COURSE_TIMES times each, are daemons, and are waited for with a limit.
"""

from __future__ import annotations

import multiprocessing as mp
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

TIMES = int(os.environ.get("COURSE_TIMES", "5000"))
PATIENCE = 10


@pytest.fixture
def ex03() -> ModuleType:
    """The submission; its folder is on $PYTHONPATH."""
    import ex03

    return ex03  # type: ignore[no-any-return]  # a submission has no types


def plus_one(value: int) -> int:
    return value + 1


def one() -> int:
    return 1


def boom(*_: int) -> int:
    raise LookupError("boom")


def update_many(ex03: ModuleType, counter: Any, lock: Any) -> None:
    for _ in range(TIMES):
        ex03.update(counter, lock, plus_one)


def begin(start: Any, function: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    start.wait()
    function(*arguments)


def twice(function: Callable[..., object], *arguments: Any) -> None:
    """Two processes call it at once."""
    start = mp.Barrier(2)
    workers = [mp.Process(target=begin, args=(start, function, arguments), daemon=True) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    codes = [worker.exitcode for worker in workers]
    assert codes == [0, 0], f"expected the processes to end with [0, 0], got {codes}"


def same(what: str, actual: object, expected: object) -> None:
    assert actual == expected, f"{what}: expected {expected}, got {actual}"


def test_adds_times(ex03: ModuleType) -> None:
    counter, lock = mp.Value("i", 5), mp.Lock()
    ex03.add_many(counter, lock, 3)
    same("the counter", counter.value, 8)
    assert lock.acquire(block=False), "the lock is still held"


def test_keeps_every_addition(ex03: ModuleType) -> None:
    counter, lock = mp.Value("i", 5), mp.Lock()
    twice(ex03.add_many, counter, lock, TIMES)
    same("the counter", counter.value, 5 + 2 * TIMES)


def test_counts_together(ex03: ModuleType) -> None:
    same("count_together", ex03.count_together(2, TIMES), 2 * TIMES)
    same("processes left behind", mp.active_children(), [])


def test_updates_in_one_step(ex03: ModuleType) -> None:
    counter, lock = mp.Value("i", 5), mp.Lock()
    twice(update_many, ex03, counter, lock)
    same("the counter", counter.value, 5 + 2 * TIMES)


def test_survives_a_failing_change(ex03: ModuleType) -> None:
    counter, lock = mp.Value("i", 5), mp.Lock()
    try:
        ex03.update(counter, lock, boom)
    except LookupError:
        same("the counter", counter.value, 5)
        assert lock.acquire(block=False), "the lock is still held"
    else:
        raise AssertionError("update() did not raise what the change raised")


def test_keeps_every_result(ex03: ModuleType) -> None:
    counter, lock = mp.Value("i", 5), mp.Lock()
    twice(ex03.add_results, counter, lock, [one] * TIMES)
    same("the counter", counter.value, 5 + 2 * TIMES)
