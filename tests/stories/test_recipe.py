"""The recipe of `exercises/README.md`, followed to the letter by an author outside the repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RECIPE = Path(__file__).parents[2] / "exercises" / "README.md"
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ID, FOLDER = "ex22", "ex22_record"
PATIENCE = 300


def grade(place: Path, *arguments: str) -> str:
    """What a command prints that goes well, in a course that is named by the environment."""
    environment = {**os.environ, "GRADE_CONTENT": str(place / "course"), "GRADE_LANG": "en"}
    command = [sys.executable, "-m", "grader", *arguments]
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a course in which step 1 to 8 were done as the page says, and nothing else but words filled in."""
    files = dict(FILE.findall(RECIPE.read_text(encoding="utf-8")))
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.toml").write_text(files.pop("course.toml"), encoding="utf-8")
    grade(tmp_path, "new", FOLDER)
    for example in (tmp_path / "solutions" / FOLDER).rglob("*.py"):
        example.unlink()
    for name, text in files.items():
        home = tmp_path if name.startswith("solutions/") else tmp_path / "course"
        (home / name).write_text(text, encoding="utf-8")
    for path in (tmp_path / "course").rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"TODO:?", "Words", text), encoding="utf-8")
    return tmp_path


def test_recipe_makes_an_exercise(place: Path) -> None:
    """Nothing to mend, every promise kept, every mutant seen through or known."""
    assert grade(place, "lint") == "Nothing to mend.\n"
    assert json.loads(grade(place, "verify", ID, "--json"))["as_promised"]
    assert "1 are known to be right" in grade(place, "verify", ID, "--mutants")


def test_course_of_ones_own_is_a_course(place: Path) -> None:
    """Students of it have every command, and none of it speaks of another course."""
    assert grade(place, "list").split()[0] == ID
    assert grade(place, "init", "work").splitlines()[-1] == f"Next: cd work, read {ID}.md, then grade {ID}"
    grade(place, "handout", "students")
    assert (place / "students" / "ex22.py").read_bytes() == (place / "work" / "ex22.py").read_bytes()
    assert "Words" in grade(place, "hint", ID)
    grade(place, "reset", ID, "work/ex22.py")
    right = "solutions/ex22_record/accepted/with_lock.py"
    assert json.loads(grade(place, "run", ID, right, "--json"))["verdict"] == "accepted"
