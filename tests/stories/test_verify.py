"""An author tries a suite on its solutions, at the keyboard."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.observe.tree import processes
from tests.stories.ended import Ends

PATIENCE = 120
FAILS = "# expect: keeps_every_addition failed lost-update\n"
SPINS = """# expect: keeps_every_addition hung -
def double(number):
    return 2 * number

def add_many(counter, lock, times):
    while True:
        pass
"""

PASSES = """
def double(number):
    if isinstance(number, str):
        raise TypeError("text is no number")
    return 2 * number


def add_many(counter, lock, times):
    for _ in range(int(times)):
        with lock:
            counter.value += 1
"""
KNOWN = """
[[equivalent]]
solution = "*"
operator = "release_without_finally"
function = "add_many"
site = "with lock:"
reason = "nothing raises in between"
"""


@pytest.fixture
def solutions(tiny_course: Path, tmp_path: Path) -> Path:
    """The solutions of the tiny course: one to be accepted, one that loses additions."""
    home = tmp_path / "solutions" / "ex90_tiny"
    (home / "accepted").mkdir(parents=True)
    (home / "rejected").mkdir()
    shutil.copy(tiny_course / "submissions" / "passes.py", home / "accepted")
    fails = (tiny_course / "submissions" / "fails.py").read_text(encoding="utf-8")
    (home / "rejected" / "fails.py").write_text(FAILS + fails, encoding="utf-8")
    return tmp_path / "solutions"


def command(course: Path, solutions: Path, *arguments: str) -> list[str]:
    """`grade verify` on the tiny course."""
    start = [sys.executable, "-m", "grader", "--content", str(course), "verify", "--solutions", str(solutions)]
    return [*start, *arguments]


def verify(course: Path, solutions: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one run, in the folder of the solutions."""
    done = subprocess.run(
        command(course, solutions, *arguments),
        cwd=solutions,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, "GRADE_LANG": "en"},
    )
    return done.returncode, done.stdout, done.stderr


def test_promises_that_are_kept_are_a_matrix(tiny_course: Path, solutions: Path) -> None:
    """Solutions down, checks across, one letter each; checks that nobody fails are named."""
    code, told, progress = verify(tiny_course, solutions)

    assert code == 0
    assert told.splitlines()[:4] == [
        "ex90_tiny         1   2   3",
        "stub              -   -   -",
        "accepted/passes   .   .   .",
        "rejected/fails    .   .   F",
    ]
    assert "no rejected solution fails: doubles, refuses_text" in told
    assert len(progress.splitlines()) == 3


def test_promise_that_is_broken_is_pointed_at(tiny_course: Path, solutions: Path) -> None:
    """Expected and seen, with the seed to see it again; the exit code is 1."""
    fails = solutions / "ex90_tiny" / "rejected" / "fails.py"
    shutil.copy(solutions / "ex90_tiny" / "accepted" / "passes.py", solutions / "passes.py")
    fails.write_text(FAILS + (solutions / "passes.py").read_text(encoding="utf-8"), encoding="utf-8")
    code, told, _ = verify(tiny_course, solutions, "ex90/rejected")

    assert code == 1
    assert told.splitlines()[1] == "rejected/fails   .   .  .!"
    assert (
        "! ex90/rejected/fails keeps_every_addition: "
        "expected failed lost-update, seen passed (1 of 1; the first with --seed 1)" in told
    )


def test_what_was_graded_is_not_graded_again(tiny_course: Path, solutions: Path) -> None:
    """A second run does what is due only: here the second repetition, beside a busy machine a new one."""
    verify(tiny_course, solutions)
    code, told, progress = verify(tiny_course, solutions, "--repeat", "2", "--json")
    document: dict[str, Any] = json.loads(told)

    assert code == 0
    assert [row["runs"] for row in document["exercises"][0]["solutions"]] == [2, 2, 2]
    assert [line.split()[-1] for line in progress.splitlines()] == ["#2"] * 3
    assert len(verify(tiny_course, solutions, "ex90/stub", "--load", "1")[2].splitlines()) == 1


def test_unknown_solution_is_refused(tiny_course: Path, solutions: Path) -> None:
    """A misspelt name must not look like a suite that keeps its promises."""
    code, _, complaint = verify(tiny_course, solutions, "ex90/nobody")

    assert (code, complaint.splitlines()) == (2, ["grade: no solution of ex90 is called nobody"])


@pytest.fixture
def interrupted(tiny_course: Path, solutions: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run that has its first result and will not end by itself."""
    (solutions / "ex90_tiny" / "rejected" / "spins.py").write_text(SPINS, encoding="utf-8")
    run = subprocess.Popen(
        command(tiny_course, solutions, "ex90/stub", "ex90/spins", "--jobs", "2", "--load", "1"),
        cwd=solutions,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    yield run
    run.kill()
    run.wait()
    assert run.stderr is not None
    run.stderr.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_run_keeps_its_results_and_no_process(
    interrupted: subprocess.Popen[bytes], solutions: Path, number: signal.Signals, code: int
) -> None:
    """Ctrl-C reaches the whole group: slots, examiners and busy loops end, what was graded is there."""
    assert interrupted.stderr is not None
    assert interrupted.stderr.readline().endswith(b"stub #1\n")
    family = Ends(one.pid for one in processes(interrupted.pid))
    os.killpg(interrupted.pid, number) if number is signal.SIGINT else interrupted.terminate()

    assert interrupted.wait(PATIENCE) == code
    assert family.outlived() == []
    assert b"Traceback" not in interrupted.stderr.read()
    assert [path.parent.name for path in solutions.rglob("*.json")] == ["stub"]


def test_mutants_are_seen_through_or_known(tiny_course: Path, solutions: Path) -> None:
    """A survivor is a gap of the suite until the author says why it is right; what is said must be true."""
    passes = solutions / "ex90_tiny" / "accepted" / "passes.py"
    passes.write_text(PASSES, encoding="utf-8")
    code, told, _ = verify(tiny_course, solutions, "--mutants")
    assert code == 1
    assert told.splitlines()[:2] == [
        "ex90_tiny: 4 mutants, 1 survive, 0 are known to be right",
        "! passes:10 release_without_finally add_many `with lock:`: accepted --seed 1",
    ]

    entries = solutions / "ex90_tiny" / "equivalent.toml"
    entries.write_text(KNOWN, encoding="utf-8")
    assert verify(tiny_course, solutions, "--mutants")[0] == 0
    entries.write_text(KNOWN + KNOWN.replace("release_without_finally", "drop_with"), encoding="utf-8")
    code, told, _ = verify(tiny_course, solutions, "--mutants")
    assert (code, told.splitlines()[1:]) == (
        1,
        ["! passes:10 drop_with add_many `with lock:`: is said to be right, but fails keeps_every_addition"],
    )
