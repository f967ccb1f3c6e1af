"""The engine as it runs in an examiner: one box for all programs of the corpus."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.model.exercise import Exercise, Limits, StartMethod
from grader.model.message import Words
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.sandbox.detect import detect
from grader.suite.boxes import Boxes
from grader.suite.program import Program
from tests.corpus.engine import Engine

PROGRAMS = Path(__file__).parent / "programs"


def plan_of(module: str) -> Plan:
    """A plan that asks for nothing but a module of the corpus."""
    exercise = Exercise(
        id=module,
        slug=module,
        title=Words(en=module),
        functions=(),
        checks=(),
        limits=Limits(wall=60.0, cpu=60.0),
        start_methods=(StartMethod.FORK,),
        platforms=(),
        topics=(),
        folder=PROGRAMS,
        digest="",
    )
    return Plan(
        exercise=exercise,
        submission=Submission(exercise=module, origin="", source=b"", digest=""),
        start_methods=(StartMethod.FORK,),
        seed=1,
        python=sys.executable,
        slots=1,
        demanded=Level.NONE,
        key="",
    )


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """Runs programs of the corpus in one box."""
    modules = [path.stem for path in PROGRAMS.glob("*.py") if path.stem != "scenarios"]
    files = {f"sub/{module}.py": (PROGRAMS / f"{module}.py").read_bytes() for module in modules}
    files["suite/scenarios.py"] = (PROGRAMS / "scenarios.py").read_bytes()
    boxes = Boxes(detect(Level.NONE), files, Limits(wall=60.0, cpu=60.0), sys.executable, 1)
    programs = {module: Program(plan_of(module), boxes) for module in modules}
    yield Engine(programs)
    for program in programs.values():
        program.close()
    boxes.close()
