"""CPython's own tests of multiprocessing, run with every mirror in place and each operation by its turn.

`python -m tests.corpus.cpython [NAME ...]`: each test method is a program of its own, run free and then under the gates
along the first schedule. What passes free and does not pass under the gates is a difference that a student could see,
and the exit code is 1; what is outside the gates is listed: `grade` leaves such a program to free runs.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import types
import unittest
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from grader.model.exercise import Limits
from grader.model.observation import Level, Stop
from grader.sandbox.detect import detect
from grader.schedule.coordinator import Coordinator
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.suite.boxes import Boxes
from grader.suite.episodes import Episode
from grader.suite.program import Program, Scenario
from tests.corpus.engine import plan_of

NAME = "cpython"
PASSED = "passed"
LIMITS = Limits(wall=60.0, cpu=60.0, processes=128)
# What follows CPython's module in the box: it stands in the place of a student's file, whose clock is virtual.
ENDING = b"""
import types
installed = sys.modules.setdefault("cpython_tests", types.ModuleType("cpython_tests"))
install_tests_in_module_dict(vars(installed), "fork")


def run(name):
    suite = unittest.defaultTestLoader.loadTestsFromName(name, installed)
    result = unittest.TestResult()
    suite.run(result)
    if result.skipped:
        return "skipped"
    trouble = [text for _, text in [*result.failures, *result.errors]]
    return trouble[0][-1500:] if trouble else "passed"
"""
SCENARIOS = b"""
def one(stage, *, name):
    return stage.submission.run(name)
"""


def one() -> None:
    """The scenario of that name in the box."""


def original() -> types.ModuleType:
    """CPython's module; Debian keeps it in a package of its own."""
    try:
        return importlib.import_module("test._test_multiprocessing")
    except ImportError:
        sys.exit("This Python came without its own tests (Debian: apt install libpython3-testsuite).")


def names(wanted: list[str]) -> Iterator[str]:
    """Every test method whose name contains one of the words, those on threads left out."""
    module = types.ModuleType("cpython_tests")
    original().install_tests_in_module_dict(vars(module), "fork")
    for name, value in sorted(vars(module).items()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and "WithThreads" not in name:
            for method in unittest.defaultTestLoader.getTestCaseNames(value):
                full = f"{name}.{method}"
                if not wanted or any(word in full for word in wanted):
                    yield full


def came_to(episode: Episode) -> str:
    """`passed`, `skipped`, what failed, or how it stopped."""
    frame = episode.main.frame
    if episode.observation.stop is Stop.UNCONTROLLED:
        return f"outside: {episode.observation.note}"
    if frame is None:
        return f"stopped: {episode.observation.stop} {episode.observation.note}"
    return str(frame.value) if frame.raised is None else f"raised: {frame.raised}"


def tried(program: Program, name: str) -> tuple[str, str]:
    """What came of a test free, and under the gates."""
    scenario, given = cast("Scenario", one), {"name": name}
    request = program._request("one", (), given, "fork", scenario=True)
    free = came_to(program.run(request, given))
    if free != PASSED:
        return free, ""
    return free, came_to(program.explored(scenario, given, Coordinator(Replay(()), Reduction())))


def main() -> int:
    """Run them one after the other; print what differs and what is outside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    source = Path(str(original().__file__)).read_bytes()
    files = {f"sub/{NAME}.py": source + ENDING, "suite/scenarios.py": SCENARIOS}
    boxes = Boxes(detect(Level.NONE), files, LIMITS, sys.executable, 1)
    program = Program(plan_of(NAME), boxes)
    counts: Counter[str] = Counter()
    try:
        for name in names(options.names):
            free, gated = tried(program, name)
            kind = "not here" if free != PASSED else gated.partition(":")[0] if gated.startswith("outside") else gated
            kind = kind if kind in {PASSED, "not here", "outside"} else "different"
            counts[kind] += 1
            if kind != PASSED:
                said = (gated or free).strip().splitlines()
                print(f"{kind:9} {name}  {said[0] if kind == 'outside' else said[-1]}", flush=True)
    finally:
        boxes.close()
    print(", ".join(f"{kind}: {count}" for kind, count in counts.most_common()))
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
