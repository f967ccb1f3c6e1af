"""An instructor grades a class, by the command that is typed; the tiny course's five programs are the students."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import answer
from grader.documents import BatchShape, read_document
from grader.gradebook.store import Store
from grader.model.observation import Isolation, Level
from grader.sandbox import detect as detect_module
from grader.sandbox.detect import detect

VERDICTS = {"ann": "accepted", "bob": "partial", "cem": "partial", "dora": "partial", "emil": "partial"}
PROGRAMS = {"ann": "passes", "bob": "fails", "cem": "hangs", "dora": "crashes", "emil": "cheats"}
PATIENCE = 240.0


@pytest.fixture
def submissions(tiny_course: Path, tmp_path: Path) -> Path:
    """A folder for each student, one of them twice under another name, one who handed in a document."""
    root = tmp_path / "class"
    for student, program in PROGRAMS.items():
        (root / student).mkdir(parents=True)
        shutil.copy(tiny_course / "submissions" / f"{program}.py", root / student / "ex90.py")
    shutil.copytree(root / "ann", root / "twin")
    (root / "zoé").mkdir()
    (root / "zoé" / "ex90.txt").write_text("my program is:")
    return root


def command(tiny_course: Path, *arguments: str) -> list[str]:
    """`grade batch` on the tiny course; tests run at whatever isolation this machine has."""
    level = detect().level
    demand = level if level.rank < Level.USER.rank else Level.USER
    return [
        *(sys.executable, "-m", "grader", "--content", str(tiny_course), "batch"),
        *arguments,
        *("--require-isolation", demand.value),
    ]


def batch(tiny_course: Path, folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, document and what was said of one run."""
    done = subprocess.run(
        command(tiny_course, *arguments, "--json"),
        cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode in {0, 3}:
        read_document(done.stdout.encode(), BatchShape)  # what `grade schema batch` says
    return done.returncode, json.loads(done.stdout), done.stderr


def verdicts(document: dict[str, Any]) -> dict[str, str]:
    """By student."""
    return {attempt["student"]: attempt["verdict"] for attempt in document["attempts"]}


def test_class_gets_its_grades(tiny_course: Path, tmp_path: Path, submissions: Path) -> None:
    """Each student the verdict of the own program, whoever else hangs or cheats; the same file is graded once."""
    code, document, said = batch(tiny_course, tmp_path, str(submissions))
    table = list(csv.DictReader(io.StringIO((tmp_path / "grades/grades.csv").read_text("utf-8-sig"))))
    reports = {path.parent.name for path in (tmp_path / "grades/students").glob("*/ex90.html")}

    assert (code, verdicts(document)) == (0, {**VERDICTS, "twin": "accepted"}), said
    assert [(one["student"], one["message"]) for one in document["needs_human"]] == [
        ("zoé", "zoé/ex90.txt is a text file, not a Python file")
    ]
    assert {row["student_id"]: row["verdict"] for row in table} == {**verdicts(document), "zoé": "needs_human"}
    assert reports == {*VERDICTS, "twin"}
    assert 'href="students/ann/ex90.html"' in (tmp_path / "grades/class.html").read_text("utf-8")
    assert len(said.splitlines()) == len(PROGRAMS)  # graded: one line each, and the twin's is Ann's


def test_only_what_is_due_is_graded(tiny_course: Path, tmp_path: Path, submissions: Path) -> None:
    """A second run takes what it finds; a changed file and a new student are graded, `--fresh` grades all again."""
    _, first, _ = batch(tiny_course, tmp_path, str(submissions))
    _, second, said = batch(tiny_course, tmp_path, str(submissions))
    shutil.copy(submissions / "ann" / "ex90.py", submissions / "bob" / "ex90.py")
    (submissions / "new").mkdir()
    shutil.copy(tiny_course / "submissions" / "fails.py", submissions / "new" / "ex90.py")
    with (submissions / "new" / "ex90.py").open("a") as file:
        file.write("# mine\n")
    _, third, said_third = batch(tiny_course, tmp_path, str(submissions), "--jobs", "1")

    assert said == ""
    assert [one["id"] for one in second["attempts"]] == [one["id"] for one in first["attempts"]]
    pages = {one: (tmp_path / f"grades/students/{one}/ex90.html").read_text("utf-8") for one in ("ann", "bob")}

    assert verdicts(third) == {**VERDICTS, "bob": "accepted", "twin": "accepted", "new": "partial"}
    assert pages["bob"].replace("bob", "ann") == pages["ann"]  # her file, graded before: a page of it all the same
    assert said_third.splitlines() == ["1/1  ex90  new"]


def test_interrupted_batch_goes_on_where_it_stopped(tiny_course: Path, tmp_path: Path, submissions: Path) -> None:
    """After Ctrl-C, and after a kill without warning; only what was in flight is graded again."""
    for number in (signal.SIGINT, signal.SIGKILL):
        with subprocess.Popen(
            command(tiny_course, str(submissions), "--jobs", "1"),
            cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True,
        ) as running:  # fmt: skip
            assert running.stderr is not None
            running.stderr.readline()
            os.killpg(running.pid, number)
            assert running.wait(PATIENCE) == (130 if number == signal.SIGINT else -number)
    with Store(tmp_path / "grades/gradebook.db") as store:
        run = store.last_run()
        assert run is not None
        kept = [grade.student for grade in store.entries(run) if grade.document]
    _, document, said = batch(tiny_course, tmp_path, str(submissions))

    assert len(kept) >= 2
    assert verdicts(document) == {**VERDICTS, "twin": "accepted"}
    assert len(said.splitlines()) == len(PROGRAMS) - len({"ann" if one == "twin" else one for one in kept})


def test_archive_and_roster(tiny_course: Path, tmp_path: Path) -> None:
    """A download of Canvas as it comes, with the names of the class list."""
    program = (tiny_course / "submissions" / "passes.py").read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("zhangwei_LATE_41873_9120455_ex90.py", program)
    (tmp_path / "roster.csv").write_text("id,name\n41873,张伟\n", "utf-8")
    code, document, _ = batch(tiny_course, tmp_path, "submissions.zip", "--roster", "roster.csv", "--out", "成绩")
    table = list(csv.DictReader(io.StringIO((tmp_path / "成绩/grades.csv").read_text("utf-8-sig"))))

    assert (code, verdicts(document)) == (0, {"41873": "accepted"})
    assert (table[0]["name"], table[0]["late"]) == ("张伟", "late")


def test_nothing_to_grade_is_exit_code_3(tiny_course: Path, tmp_path: Path) -> None:
    """Where a human has to look at all there is; a folder without submissions is a mistake of the command line."""
    (tmp_path / "class" / "zoé").mkdir(parents=True)
    (tmp_path / "class" / "zoé" / "ex90.txt").write_text("my program is:")
    (tmp_path / "empty").mkdir()

    assert [batch(tiny_course, tmp_path, name, "--out", f"of {name}")[0] for name in ("empty", "nowhere", "class")] == [
        *(2, 2, 3)
    ]
    assert [path.name for path in tmp_path.glob("of *")] == ["of class"]


def test_grades_are_not_issued_without_walls(
    tiny_course: Path,
    tmp_path: Path,
    submissions: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where there are none, the command says what to install, and writes nothing."""
    obstacle = detect_module.Obstacle(why=detect_module.NO_BWRAP, way_out=detect_module.INSTALL_BWRAP)
    bare = detect_module.Finding(isolation=Isolation(level=Level.NONE), obstacles=(obstacle,))
    monkeypatch.setattr(detect_module, "find", lambda: bare)
    code = answer(["--content", str(tiny_course), "batch", str(submissions), "--out", str(tmp_path / "grades")])

    assert code == 2
    assert "bubblewrap" in capsys.readouterr().err
    assert not (tmp_path / "grades").exists()
