"""What a witness shows, and what it does not."""

from __future__ import annotations

import pytest

from grader.diagnosis.interleaving import Guard, circle, first_overwrite, overwrites
from grader.model.accesses import succeeded
from grader.model.witness import Blocked, Step


def step(text: str) -> Step:
    """A step from `worker op resource value note`; `-` is no value."""
    worker, op, resource, value, *note = text.split()
    return Step(worker=worker, op=op, resource=resource, value="" if value == "-" else value, note=" ".join(note))


def guard(*lines: str) -> Guard | None:
    """How the first lost update of these steps was guarded."""
    found = first_overwrite([step(line) for line in lines])
    return found.guard if found else None


def test_a_lock_let_go_between_read_and_write_does_not_guard() -> None:
    """Two blocks under the same lock are two steps."""
    lines = [
        *("a acquire lock-1 True", "a read n 5", "a release lock-1 -"),
        *("b acquire lock-1 True", "b read n 5", "b write n 6", "b release lock-1 -"),
        *("a acquire lock-1 True", "a write n 6", "a release lock-1 -"),
    ]

    assert guard(*lines) is Guard.LET_GO


def test_a_careful_writer_over_a_careless_one_is_no_fault_of_the_lock() -> None:
    """Who took the lock throughout overwrote one that took none: the lock of the other one is missing."""
    lines = ["b read n 5", "a acquire lock-1 True", "a read n 5", "b write n 6", "a write n 6", "a release lock-1 -"]

    assert guard(*lines) is Guard.NONE


def test_a_recursive_lock_is_held_until_its_last_release() -> None:
    """An inner release of an RLock opens nothing."""
    lines = [
        *("a acquire rlock-1 True", "a acquire rlock-1 True", "a release rlock-1 -", "a read n 5"),
        *("b acquire lock-2 True", "b read n 5", "b write n 6", "b release lock-2 -"),
        *("a write n 6", "a release rlock-1 -"),
    ]

    assert guard(*lines) is Guard.OTHER_LOCK


@pytest.mark.parametrize(
    "lines",
    [
        ("a read n 5", "b write m 6", "a write n 6"),
        ("a read n 5", "b write n 5", "a write n 6"),
        ("a read n 5", "b write n 6", "a read n 6", "a write n 7"),
        ("b write n 6", "a read n 6", "a write n 7"),
        ("a read n 5", "b write n 6"),
        ("b write n 6", "a write n 7"),
    ],
)
def test_other_orders_lose_nothing(lines: tuple[str, ...]) -> None:
    """Another resource, the same value, a fresh read, a blind write: none of them is a lost update."""
    assert guard(*lines) is None


def test_calls_of_a_manager_can_lose_an_update_too() -> None:
    """A proxy's `__getitem__` reads and its `__setitem__` writes."""
    lines = [
        *("a call-manager manager_dict __getitem__", "b call-manager manager_dict __getitem__"),
        *("b call-manager manager_dict __setitem__", "a call-manager manager_dict __setitem__"),
    ]
    steps = [step(line) for line in lines]
    renamed = [Step(worker=s.worker, op=s.op, resource="manager dict ab12", value=s.value) for s in steps]

    assert first_overwrite(renamed) is not None


def test_every_overwrite_is_told_once() -> None:
    """Two lost updates are two, in the order of the writes."""
    lines = ["a read n 5", "b read n 5", "c read n 5", "a write n 6", "b write n 7", "c write n 8"]

    assert [found.write.worker for found in overwrites([step(line) for line in lines])] == ["b", "c"]


def test_a_circle_can_have_three() -> None:
    """Each waits for the next, the last for the first; a worker that only waits is not part of it."""
    waits = [("a", "2", "b"), ("b", "3", "c"), ("c", "1", "a"), ("d", "1", "a")]
    blocked = [Blocked(worker=w, op="acquire", resource=f"lock-{r}", held_by=h) for w, r, h in waits]

    assert [entry.worker for entry in circle(blocked)] == ["a", "b", "c"]
    assert circle(blocked[1:]) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a acquire lock-1 True", True),
        ("a acquire lock-1 True late", True),
        ("a acquire lock-1 False", False),
        ("a acquire lock-1 - waits", False),
        ("a get queue-1 7 late", True),
        ("a get queue-1 -", False),
        ("a put queue-1 7", True),
        ("a put queue-1 7 late", False),
    ],
)
def test_a_turn_tells_whether_it_came_to_something(text: str, *, expected: bool) -> None:
    """An acquire says True or False, a get shows its item, and what came too late failed."""
    assert succeeded(step(text)) is expected
