"""A plan goes to another machine and comes back as an attempt; what goes wrong there is told here."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.read import read_exercise
from grader.errors import CourseError, GraderFault, UsageError
from grader.grading.afar import Answer, Sealed, answer, framed, pack, read_answer
from grader.grading.plan import make_plan
from grader.intake.collect import take_in
from grader.model.attempt import Attempt, Verdict
from grader.model.message import say
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.wire import dump

PATIENCE = 120.0


def plan_for(tiny_course: Path, source: bytes) -> Plan:
    """To grade such a file for ex90."""
    exercise = read_exercise(tiny_course / "ex90_tiny")
    submission = take_in(source, "ex90.py", exercise, b"")
    return make_plan(exercise, submission, seed=1, python=None, demanded=Level.NONE, slots=1)


def test_plan_comes_back_as_its_attempt(tiny_course: Path) -> None:
    """All of it: a file that cannot be read as Python, by way of bytes only."""
    plan = plan_for(tiny_course, b"def f(:\n")
    came = read_answer(answer(pack(plan)))

    assert isinstance(came, Attempt)
    assert (came.plan_key, came.verdict, came.problems) == (plan.key, Verdict.UNGRADABLE, plan.submission.problems)


def test_process_answers_one_parcel(tiny_course: Path) -> None:
    """By stdin and stdout, while stdin is open."""
    with subprocess.Popen(
        [sys.executable, "-m", "grader.grading.afar"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(framed(pack(plan_for(tiny_course, b""))))
        process.stdin.flush()
        came = read_answer(process.stdout.read())

    assert isinstance(came, Attempt)
    assert process.returncode == 0


def test_process_ends_with_whoever_asked(tiny_course: Path) -> None:
    """A worker that was killed leaves no attempt running: the end of stdin says so."""
    slow = plan_for(tiny_course, (tiny_course / "submissions" / "hangs.py").read_bytes())
    with subprocess.Popen(
        [sys.executable, "-m", "grader.grading.afar"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(framed(pack(slow)))
        process.stdin.close()

        assert process.stdout.read() == b""
        assert process.wait(PATIENCE) == 143


def test_another_version_and_a_damaged_exercise_are_refused(tiny_course: Path) -> None:
    """Before anything is graded: the first by the person at the keyboard, the second is our fault."""
    plan = plan_for(tiny_course, b"x = 1\n")
    old = dump(Sealed(version="0.0.1", plan=plan, python=False))
    other = dataclasses.replace(plan, exercise=dataclasses.replace(plan.exercise, digest="another"))
    with pytest.raises(UsageError, match=r"has version .*, this is 0\.0\.1"):
        read_answer(answer(len(old).to_bytes(8) + old))
    damaged = read_answer(answer(pack(other)))

    assert isinstance(damaged, GraderFault)
    assert "did not arrive as it was sent" in str(damaged)


@pytest.mark.parametrize("parcel", [b"", b"\x00" * 8, b"\x00" * 7 + b"\x05hello", io.BytesIO(b"x" * 100).getvalue()])
def test_what_is_no_parcel_is_an_answer_too(parcel: bytes) -> None:
    """Never an exception in a worker."""
    assert isinstance(read_answer(answer(parcel)), GraderFault)


def test_what_was_said_there_is_raised_here() -> None:
    """Each to whom has to act."""
    with pytest.raises(UsageError, match="no walls"):
        read_answer(dump(Answer(usage=say("no walls"), hint=say("install some"))))
    with pytest.raises(CourseError, match="no check"):
        read_answer(dump(Answer(course=say("no check"))))

    assert isinstance(read_answer(b"{}"), GraderFault)
    assert isinstance(read_answer(b"nothing"), GraderFault)
