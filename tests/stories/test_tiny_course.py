"""A student at the keyboard, from the command to the exit code, with a real examiner and a real box."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.observe.tree import processes
from tests.stories.ended import Ends

PATIENCE = 60
SPINS = b"""
def double(number):
    return 2 * number

def add_many(counter, lock, times):
    while True:
        pass
"""


def command(course: Path, *arguments: str) -> list[str]:
    """`grade` on a course."""
    return [sys.executable, "-m", "grader", "--content", str(course), *arguments]


def grade(course: Path, cwd: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit code and document of one run."""
    done = subprocess.run(
        [*command(course, "ex90", *arguments), "--json"], cwd=cwd, capture_output=True, check=False, timeout=PATIENCE
    )
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return done.returncode, document


@pytest.mark.parametrize(
    ("name", "code", "outcomes"),
    [
        ("passes", 0, ["passed", "passed", "passed"]),
        ("fails", 1, ["passed", "passed", "failed"]),
        ("hangs", 1, ["hung", "failed", "passed"]),
        ("crashes", 1, ["crashed", "failed", "passed"]),
        ("cheats", 1, ["failed", "failed", "passed"]),
    ],
)
def test_each_kind_of_program_gets_its_verdict(
    tiny_course: Path, tmp_path: Path, name: str, code: int, outcomes: list[str]
) -> None:
    """One hang, crash or cheat costs its own check and what needs it; all others keep their verdict."""
    given, document = grade(tiny_course, tmp_path, str(tiny_course / "submissions" / f"{name}.py"))

    assert (given, [check["outcome"] for check in document["checks"]]) == (code, outcomes)
    assert sum(check["points"] for check in document["checks"]) == document["points"]


def test_the_report_of_pytest_says_what_stopped_a_check_and_where_in_the_suite(
    tiny_course: Path, tmp_path: Path
) -> None:
    """In one line each, with nothing of the grader's own."""
    grade(tiny_course, tmp_path, str(tiny_course / "submissions" / "fails.py"))
    report = json.loads((tmp_path / ".grade" / "ex90" / "last" / "pytest.json").read_bytes())
    told = next(test["call"]["longrepr"] for test in report["tests"] if test["outcome"] == "failed")
    what, *places = told.split("\n")

    assert what.startswith("failed: ")
    assert places
    assert all(re.fullmatch(r"test_ex90\.py:[0-9]+", place) for place in places)


def test_same_seed_draws_the_same_numbers(tiny_course: Path, tmp_path: Path) -> None:
    """What failed can be seen again."""
    program = str(tiny_course / "submissions" / "cheats.py")
    first = grade(tiny_course, tmp_path, program)[1]
    second = grade(tiny_course, tmp_path, program, "--seed", str(first["seed"]))[1]

    assert second["checks"][0]["expected"] == first["checks"][0]["expected"]


def test_neighbour_named_like_the_standard_library_changes_nothing(tiny_course: Path, tmp_path: Path) -> None:
    """The imports of the grader and of the box are not the student's; told is what multiprocessing would import."""
    (tmp_path / "ex90.py").write_bytes((tiny_course / "submissions" / "passes.py").read_bytes())
    for name in ("queue.py", "json.py", "multiprocessing.py"):
        (tmp_path / name).write_text("raise SystemExit('shadowed')\n", encoding="utf-8")
    given, document = grade(tiny_course, tmp_path)

    assert (given, document["verdict"]) == (0, "accepted")
    assert [problem["code"] for problem in document["problems"]] == ["shadows-standard-library"] * 2


@pytest.fixture
def spinning(tiny_course: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A run in a terminal whose third check has begun and will not end by itself, and the terminal."""
    (tmp_path / "ex90.py").write_bytes(SPINS)
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        command(tiny_course, "ex90"), cwd=tmp_path, stdout=theirs, stderr=theirs, stdin=theirs, start_new_session=True
    )
    os.close(theirs)
    seen = b""
    while b"2/3" not in seen:
        seen += os.read(ours, 4096)
    yield run, ours
    run.kill()
    run.wait()
    os.close(ours)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_interrupted_run_leaves_nothing_behind(
    spinning: tuple[subprocess.Popen[bytes], int], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    """Ctrl-C reaches the whole group, as in a terminal: no process stays, no file."""
    run, _terminal = spinning
    family = processes(run.pid)
    ends = Ends(one.pid for one in family)
    assert len(family) > 2
    os.killpg(run.pid, number)

    assert run.wait(PATIENCE) == code
    assert ends.outlived() == []
    assert [path.name for path in tmp_path.iterdir()] == ["ex90.py"]
