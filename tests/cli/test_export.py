"""What an instructor carries to another system: tables, lines of JSON, JUnit, and a container of Gradescope."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.cli.commands.gradescope import processors
from grader.cli.main import answer
from grader.documents import GradeShape, read_document
from grader.model.observation import Level
from grader.sandbox.detect import detect
from tests.cli.classroom import TINY, gradebook

CANVAS = "Student,ID,Tiny (7)\n    Points Possible,,10\nA,1,\nB,2,\nC,3,\n"
PATIENCE = 240.0


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(TINY))
    monkeypatch.setenv("GRADE_LANG", "en")
    gradebook(Path("grades"), {"1": 4.0, "2": None, "4": 10.0})


def test_lines_of_json_are_whole_documents() -> None:
    """One for each grade, also where it is due; each as `grade schema grade` says."""
    assert answer(["export", "jsonl", "grades"]) == 0
    lines = Path("grades/grades.jsonl").read_bytes().splitlines()
    grades = [read_document(line, GradeShape) for line in lines]

    assert [(one.student, one.final, one.attempt is None) for one in grades] == [
        ("1", 4.0, False),
        ("2", None, True),
        ("4", 10.0, False),
    ]


def test_junit_has_a_suite_for_each_student() -> None:
    """No two cases share a name: GitLab would drop the second."""
    assert answer(["export", "junit", "grades"]) == 0
    suites = ET.fromstring(Path("grades/junit.xml").read_bytes()).findall("testsuite")  # noqa: S314  (our own)
    names = [case.get("name") for suite in suites for case in suite]

    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("ex90 1", "3", "2"),
        ("ex90 2", "0", "0"),
        ("ex90 4", "3", "0"),
    ]
    assert len(set(names)) == len(names) == 6


def test_table_of_canvas_is_filled_in(capsys: pytest.CaptureFixture[str]) -> None:
    """A copy beside the gradebook; the instructor's file stays; what did not match is told."""
    Path("mine.csv").write_text(CANVAS)
    code = answer(["export", "canvas", "grades", "--template", "mine.csv", "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)

    assert code == 0
    assert Path("grades/canvas.csv").read_text() == CANVAS.replace("A,1,", "A,1,4")
    assert Path("mine.csv").read_text() == CANVAS
    assert (told["written"], told["left"]) == (
        1,
        [
            "name of 2 (2), ex90: there is no grade yet",
            "C (3), ex90: nothing was handed in",
            "name of 4 (4) is not in the table",
        ],
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("canvas", "grades"), "--template is missing"),
        (("canvas", "grades", "--template", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("moodle", "grades", "--template", "mine.csv"), "not as Moodle exports it"),
        (("canvas", "grades", "--template", "mine.csv", "--column", "ex90"), "--column ex90 names no column"),
    ],
)
def test_mistakes_are_told(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    Path("mine.csv").write_text(CANVAS)

    assert answer(["export", *words]) == 2
    assert said in capsys.readouterr().err
    assert not list(Path("grades").glob("*.csv"))


def unpack(level: Level) -> Path:
    """A tree as Gradescope builds it from the archive; what setup.sh installs is this environment."""
    assert answer(["export", "gradescope-zip", "--require-isolation", level.value]) == 0
    home = Path("autograder").absolute()
    for folder in ("source", "submission", "results"):
        (home / folder).mkdir(parents=True)
    with zipfile.ZipFile("autograder.zip") as archive:
        archive.extractall(home / "source")
        for entry in archive.infolist():
            (home / "source" / entry.filename).chmod(entry.external_attr >> 16)
    shutil.copy(home / "source" / "run_autograder", home)
    (home / "venv").symlink_to(sys.prefix)
    return home


def test_container_of_gradescope_grades_a_submission() -> None:
    """run_autograder at its place finds all it needs, writes results.json and closes what is not for the program."""
    level = detect().level
    home = unpack(level)
    shutil.copy(TINY / "submissions" / "fails.py", home / "submission" / "ex90.py")
    done = subprocess.run([home / "run_autograder"], timeout=PATIENCE, check=False, capture_output=True, text=True)
    made = json.loads((home / "results" / "results.json").read_text())

    assert done.returncode == 0, done.stderr
    assert [(test["number"], test["score"]) for test in made["tests"]] == [("1.1", 4.0), ("1.2", 2.0), ("1.3", 0.0)]
    assert made["extra_data"]["exercises"][0]["isolation"] == level.value
    assert (home / "source").stat().st_mode & 0o007 == 0
    assert (home / "results").stat().st_mode & 0o007 == 0


def test_archive_holds_an_installable_wheel() -> None:
    """Scripts at the top that the shell can read, and every file of the wheel under its digest."""
    home = unpack(Level.NONE)
    (path,) = (home / "source").glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        record = wheel.read(next(name for name in wheel.namelist() if name.endswith("/RECORD"))).decode()
        told = dict(line.split(",")[:2] for line in record.splitlines() if ",sha256=" in line)
        real = {name: f"sha256={digest(wheel.read(name))}" for name in wheel.namelist() if not name.endswith("/RECORD")}
    scripts = [home / "source" / name for name in ("setup.sh", "run_autograder")]
    checked = [subprocess.run(["sh", "-n", script], check=False).returncode for script in scripts]

    assert told == real
    assert {"grader/cli/main.py", "grader/report/templates/class.html"} <= real.keys()
    assert not any(name.startswith("grader/_content") for name in real)
    assert checked == [0, 0]
    assert all(script.stat().st_mode & 0o111 for script in scripts)


def digest(content: bytes) -> str:
    """As wheels write it."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def test_what_is_not_there_is_told_in_results(capsys: pytest.CaptureFixture[str]) -> None:
    """No file for the exercise: one test of ten points, none earned, with the reason."""
    for folder in ("submission", "results"):
        (Path("home") / folder).mkdir(parents=True)
    (Path("home/submission") / "notes.txt").write_text("x")
    code = answer(["gradescope", "--home", "home", "--require-isolation", "none"])
    (test,) = json.loads(Path("home/results/results.json").read_text())["tests"]

    assert code == 0, capsys.readouterr().err
    assert (test["name"], test["score"], test["max_score"]) == ("ex90", 0.0, 10.0)
    assert "notes.txt" in test["output"]


def test_half_a_processor_is_seen(tmp_path: Path) -> None:
    """In the words of cgroup v2; where nobody says, there is no limit."""
    quota = tmp_path / "cpu.max"
    quota.write_text("50000 100000\n")
    half = processors(quota)
    quota.write_text("max 100000\n")

    assert (half, processors(quota), processors(tmp_path / "nowhere")) == (0.5, float("inf"), float("inf"))
