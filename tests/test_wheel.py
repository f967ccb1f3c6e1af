"""The wheel carries the exercises and grades without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("grader/", "exercises/", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of what git knows."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("out")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for file in filter(None, listed.split("\0")):
        if file.startswith(PARTS) and (ROOT / file).exists():
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            (copy / file).write_bytes((ROOT / file).read_bytes())
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_wheel_has_the_exercises_and_no_solution(wheel: Path) -> None:
    """Suites, stubs and texts in both languages are inside; solutions are not."""
    names = zipfile.ZipFile(wheel).namelist()

    assert "grader/_content/ex03_lock/suite/test_ex03.py" in names
    assert "grader/_content/ex03_lock/stub.zh.py" in names
    assert "grader/_content/course.toml" in names
    assert "grader/locale/zh/LC_MESSAGES/grader.mo" in names
    assert not [name for name in names if "solutions" in name or "accepted" in name]


def test_wheel_grades_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """`grade ex03` works where nothing but the wheel and its dependencies is installed."""
    place = tmp_path / "venv"
    venv.create(place, symlinks=True, with_pip=False)
    packages = next((place / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(packages)
    # The dependencies come from this environment; a path file of an editable install of ours is not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    submission = tmp_path / "ex03.py"
    submission.write_bytes((ROOT / "solutions/ex03_lock/accepted/with_lock.py").read_bytes())
    command = [str(place / "bin/python"), "-I", "-m", "grader", "run", "ex03", "--json"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["verdict"] == "accepted"
