"""Every solution gets the verdict that its folder and its header promise, by the command that a student types."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXPECT = re.compile(r"^# expect: (\S+) (\S+) (\S+)$", re.MULTILINE)
SOLUTIONS = sorted((ROOT / "solutions").glob("ex*/*/*.py"))
STUBS = sorted((ROOT / "exercises").glob("ex*/stub.py"))
DEADLINE = 600.0  # seconds for one command; only a grader that hangs needs it


def exercise_of(path: Path) -> str:
    """The id of the exercise that a solution or stub belongs to."""
    return next(part for part in path.parts if re.match(r"ex\d\d_", part))[:4]


def grade(path: Path, folder: Path) -> dict[str, Any]:
    """What `grade run --json` prints for the file."""
    command = [sys.executable, "-m", "grader", "run", exercise_of(path), str(path), "--json", "--no-report"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.stdout, done.stderr
    attempt: dict[str, Any] = json.loads(done.stdout)
    return {**attempt, "exit_code": done.returncode}


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Path, Future[dict[str, Any]]]]:
    """All attempts, as many at once as there are cores."""
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        folder = tmp_path_factory.mktemp("work")
        yield {path: pool.submit(grade, path, folder) for path in (*STUBS, *SOLUTIONS)}
        pool.shutdown(cancel_futures=True)


def name(path: Path) -> str:
    """How a solution is called in a report of the tests."""
    return f"{exercise_of(path)}/{path.parent.name}/{path.stem}"


def not_passed(attempt: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Outcome and diagnoses of each check that did not pass."""
    checks = [check for check in attempt["checks"] if check["outcome"] != "passed"]
    return {check["id"]: (check["outcome"], [one["code"] for one in check["diagnoses"]]) for check in checks}


@pytest.mark.parametrize("path", [path for path in SOLUTIONS if path.parent.name == "accepted"], ids=name)
def test_accepted_solution_gets_full_points(path: Path, attempts: dict[Path, Future[dict[str, Any]]]) -> None:
    """A right program passes every check, however unusual its design is."""
    attempt = attempts[path].result()

    assert not_passed(attempt) == {}
    assert (attempt["verdict"], attempt["points"], attempt["exit_code"]) == ("accepted", 10.0, 0)


@pytest.mark.parametrize("path", [path for path in SOLUTIONS if path.parent.name == "rejected"], ids=name)
def test_rejected_solution_fails_for_its_own_reason(path: Path, attempts: dict[Path, Future[dict[str, Any]]]) -> None:
    """A wrong program fails exactly the checks of its header, with the outcome and the diagnosis given there."""
    expected = {check: (outcome, code) for check, outcome, code in EXPECT.findall(path.read_text(encoding="utf-8"))}
    attempt = attempts[path].result()
    seen = not_passed(attempt)

    assert expected
    assert {check: outcome for check, (outcome, _) in seen.items()} == {c: o for c, (o, _) in expected.items()}
    assert {c: code for c, (_, code) in expected.items() if code != "-" and code not in seen[c][1]} == {}
    assert (attempt["verdict"] in {"partial", "rejected"}, attempt["exit_code"]) == (True, 1)


@pytest.mark.parametrize("path", STUBS, ids=exercise_of)
def test_untouched_stub_is_not_started(path: Path, attempts: dict[Path, Future[dict[str, Any]]]) -> None:
    """The stub as it is handed out gets no points and is said to be not started."""
    attempt = attempts[path].result()

    assert [problem["code"] for problem in attempt["problems"]] == ["not-started"]
    assert (attempt["verdict"], attempt["points"], attempt["exit_code"]) == ("rejected", 0.0, 1)


@pytest.mark.parametrize("exercise", sorted({exercise_of(path) for path in SOLUTIONS}))
def test_exercise_has_enough_solutions(exercise: str) -> None:
    """Each exercise is examined by at least four right designs and eight wrong programs."""
    kinds = [path.parent.name for path in SOLUTIONS if exercise_of(path) == exercise]

    assert kinds.count("accepted") >= 4
    assert kinds.count("rejected") >= 8
