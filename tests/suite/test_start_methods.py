"""Under which start methods a check plays its scenarios."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from grader.model.exercise import Check, StartMethod
from grader.model.message import Words
from grader.model.observation import Level
from grader.sandbox.detect import isolation_of
from grader.suite.boxes import Boxes
from grader.suite.places import places
from grader.suite.program import Program
from tests.suite.samples import plan_of, without_checks

SOURCE = b""
OF = {"first": ("f",), "second": ("f",), "both": ("f", "g"), "last": ("g",)}


@pytest.fixture
def declared() -> Iterator[Callable[[tuple[StartMethod, ...]], dict[str, Program]]]:
    """Makes the programs of an exercise with four checks and these start methods, one by one."""
    words = Words(en="x")
    checks = tuple(
        Check(id=name, title=words, functions=functions, points=1.0, goal=words, next_step=words)
        for name, functions in OF.items()
    )
    exercise = replace(without_checks(), checks=checks)
    boxes = Boxes(isolation_of(Level.NONE), {}, exercise.limits, sys.executable, 1)

    def programs(methods: tuple[StartMethod, ...]) -> dict[str, Program]:
        plan = replace(plan_of(SOURCE, exercise), start_methods=methods)
        return {check: Program(plan, boxes, place) for check, place in places(checks).items()}

    yield programs
    boxes.close()


FORK, SPAWN, FORKSERVER = StartMethod


@pytest.mark.parametrize(
    ("methods", "everywhere", "beside"),
    [
        ((FORK, SPAWN, FORKSERVER), (FORK, FORKSERVER), (FORKSERVER,)),
        ((FORK, SPAWN), (FORK, SPAWN), (SPAWN,)),
        ((SPAWN,), (SPAWN,), (SPAWN,)),
        ((FORK,), (FORK,), (FORK,)),
    ],
)
def test_each_function_is_seen_under_every_start_method_once_and_then_under_fewer(
    declared: Callable[[tuple[StartMethod, ...]], dict[str, Program]],
    methods: tuple[StartMethod, ...],
    everywhere: tuple[StartMethod, ...],
    beside: tuple[StartMethod, ...],
) -> None:
    """All functions of a check together; a fresh interpreter stays, where one can be had."""
    for ask, later in ((Program.methods_everywhere, everywhere), (Program.methods_beside, beside)):
        seen = {check: ask(program) for check, program in declared(methods).items()}

        assert seen == {"first": methods, "second": later, "both": methods, "last": later}
