"""Slots are processes: one that is lost costs no attempt, and no attempt costs more than two of them."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from grader.grading import many
from grader.grading.many import LOST, grade_many
from grader.model.attempt import Attempt, Verdict
from tests.grading.test_afar import plan_for


def test_a_lost_slot_loses_nothing(tiny_course: Path) -> None:
    """It is killed while it has nothing to do: what it is given next is done by another one."""
    plans = [plan_for(tiny_course, f"def f{number}(:\n".encode()) for number in range(3)]
    running = grade_many(plans, slots=1)
    came = [next(running)]
    for slot in multiprocessing.active_children():
        slot.kill()
        slot.join()
    came += running

    assert [(number, getattr(one, "verdict", one)) for number, one in came] == [
        (number, Verdict.UNGRADABLE) for number in range(3)
    ]


def test_what_loses_two_slots_is_our_fault(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried once more, then given up; the others are graded."""
    answers = [LOST, LOST]
    real = many._answer
    monkeypatch.setattr(many, "_answer", lambda connection: answers.pop() if answers else real(connection))
    came = dict(grade_many([plan_for(tiny_course, b"def f(:\n"), plan_for(tiny_course, b"def g(:\n")], slots=1))

    assert came[0] is LOST
    assert isinstance(came[1], Attempt)
