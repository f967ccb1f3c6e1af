"""The comparison of README.md has the rows that its command prints, and its suite is what README says of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import comparison

README = Path(__file__).parents[2] / "README.md"


def test_table_of_the_readme_is_the_one_that_the_command_prints() -> None:
    """Row by row, in its order, a cell for each tool."""
    lines = README.read_text(encoding="utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith(f"| {comparison.HEAD} |"))
    rows = [line.strip("| ").split(" | ") for line in lines[begin : begin + 2 + len(comparison.LABELS)]]

    assert [row[0] for row in rows] == [comparison.HEAD, "---", *comparison.LABELS]
    assert rows[0][1:] == list(comparison.TOOLS)
    assert {len(row) for row in rows} == {1 + len(comparison.TOOLS)}


@pytest.mark.parametrize("submission", [comparison.RIGHT, comparison.FORGED], ids=lambda path: path.stem)
def test_suite_of_a_course_can_be_passed_and_forged(tmp_path: Path, submission: Path) -> None:
    """All six of its tests pass for a right program, and for one that patches pytest and can nothing."""
    shutil.copy(comparison.HERE / "course_suite.py", tmp_path)
    shutil.copy(submission, tmp_path / "ex03.py")
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider", "course_suite.py"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "COURSE_TIMES": "10"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.stdout.splitlines()[-1].startswith("6 passed"), done.stdout


def test_every_submission_of_the_comparison_is_there() -> None:
    """It takes solutions and attacks that are tested elsewhere."""
    wanted = [comparison.RIGHT, comparison.STUCK, comparison.FORGED, *comparison.RACES, *comparison.UNUSUAL]

    assert [path for path in wanted if not path.is_file()] == []
