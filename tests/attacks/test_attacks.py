"""Submissions that try to get points without earning them, graded by the real command.

The first line of each program says what it tries; a second line `# earns: ...` names the checks that it passes rightly.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
NEIGHBOURS = PROGRAMS / "neighbours"
EXERCISES = HERE.parent.parent / "exercises"
SOLUTION = HERE.parent.parent / "solutions" / "ex03_lock" / "accepted" / "with_lock.py"
NAMES = sorted(path.stem for path in PROGRAMS.glob("ex*.py"))
EARNS = "# earns: "
SIDE_BY_SIDE = 2
PATIENCE = 240  # seconds for one attempt on a crowded machine
# One start method, since what is attacked is the same under each, and no long wait for what will not come: an attempt
# costs a third.
CHEAPER = (
    (re.compile(r"^start_methods = .*$", re.MULTILINE), 'start_methods = ["fork"]'),
    (re.compile(r"^wall = .*$", re.MULTILINE), "wall = 3.0"),
)
EXIT_CODES = {"rejected": 1, "partial": 1, "ungradable": 4, "inconclusive": 6}

# Runs a command and adopts whatever outlives it; writes down who that is.
REAPER = """
import ctypes, os, pathlib, subprocess, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
code = subprocess.run(sys.argv[2:]).returncode
left = pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text()
pathlib.Path(sys.argv[1]).write_text(left)
sys.exit(code)
"""

# Points that can still be had this way; each entry is a debt.


@dataclass(frozen=True)
class Graded:
    """One attempt, and what of it is still on this machine."""

    exit_code: int
    attempt: dict[str, Any]
    words: str
    left: list[str]

    def passed(self) -> set[str]:
        """The checks that passed."""
        return {check["id"] for check in self.attempt["checks"] if check["outcome"] == "passed"}


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, each exercise under one start method and with little time for a call."""
    copy = shutil.copytree(EXERCISES, tmp_path_factory.mktemp("course") / "exercises")
    for declaration in copy.glob("*/exercise.toml"):
        text = declaration.read_text(encoding="utf-8")
        for line, cheaper in CHEAPER:
            text = line.sub(cheaper, text)
        declaration.write_text(text, encoding="utf-8")
    return copy


def grade(source: Path, exercise: str, course: Path = EXERCISES) -> Graded:
    """Grade one file in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="attack-") as name:
        folder, temporary = Path(name, "work"), Path(name, "tmp")
        folder.mkdir()
        temporary.mkdir()
        if source.stem.endswith("_neighbours"):
            shutil.copytree(NEIGHBOURS, folder, dirs_exist_ok=True)
        shutil.copy(source, folder / f"{exercise}.py")
        command = [sys.executable, "-m", "grader", "--content", str(course), "run"]
        command += [exercise, f"{exercise}.py", "--json", "--no-report"]
        reaper = [sys.executable, "-c", REAPER, f"{name}/left", *command]
        environment = {**os.environ, "TMPDIR": str(temporary)}
        done = subprocess.run(reaper, cwd=folder, env=environment, capture_output=True, timeout=PATIENCE, check=False)
        left = [*Path(name, "left").read_text(encoding="utf-8").split(), *map(str, temporary.iterdir())]
    return Graded(done.returncode, json.loads(done.stdout or b"{}"), done.stderr.decode("utf-8", "replace"), left)


def earned_by(name: str) -> set[str]:
    """The checks that the program passes rightly."""
    second = (PROGRAMS / f"{name}.py").read_text(encoding="utf-8").splitlines()[1]
    return set(second.removeprefix(EARNS).split(", ")) if second.startswith(EARNS) else set()


@pytest.fixture(scope="session")
def graded(request: pytest.FixtureRequest, course: Path) -> Iterator[dict[str, Future[Graded]]]:
    """The attempts of all selected programs, some side by side."""
    if shutil.which("bwrap") is None:
        pytest.skip("needs bubblewrap: apt install bubblewrap")
    calls = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    wanted = {call.get("name") for call in calls}
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        yield {name: pool.submit(grade, PROGRAMS / f"{name}.py", name[:4], course) for name in NAMES if name in wanted}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_gains_nothing(graded: dict[str, Future[Graded]], name: str) -> None:
    """No attack passes a check that it did not earn, is accepted, makes the grader fail, or outlives its attempt."""
    outcome = graded[name].result()
    assert outcome.exit_code in {1, 4, 6}, outcome.words
    verdict = outcome.attempt["verdict"]
    assert outcome.exit_code == EXIT_CODES[verdict]
    assert outcome.passed() <= earned_by(name)
    assert {check["outcome"] for check in outcome.attempt["checks"]}.isdisjoint({"error"})
    assert outcome.attempt["isolation"]["level"] == "namespace"
    assert outcome.left == []
    assert list(Path("/dev/shm").glob("attack-*")) == []  # noqa: S108 - that is where it would be


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_says_what_it_tries(name: str) -> None:
    """The first line of each program is a comment, one sentence."""
    first = (PROGRAMS / f"{name}.py").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")


def test_an_honest_solution_is_accepted() -> None:
    """The same harness accepts what is right: the attacks do not fail for a reason of ours."""
    if shutil.which("bwrap") is None:
        pytest.skip("needs bubblewrap: apt install bubblewrap")
    outcome = grade(SOLUTION, "ex03")
    assert (outcome.exit_code, outcome.attempt["verdict"], outcome.left) == (0, "accepted", [])
