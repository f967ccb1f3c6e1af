"""Bare `grade` says how far one has come and what is next, and examines only what somebody has written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len
from rich.console import Console

from grader.cli import course_progress
from grader.cli.course_progress import Progress, drawn, progress_of, tell_progress
from grader.cli.main import answer
from grader.cli.work import Work
from grader.course.read import read_exercise
from grader.errors import ExitCode
from grader.report.pen import Pen


def kept(verdict: str, points: float) -> None:
    """The last attempt at ex90 here."""
    with Work(Path(".grade")).next_attempt("ex90") as folder:
        (folder / "attempt.json").write_text(json.dumps({"verdict": verdict, "points": points}), encoding="utf-8")


@pytest.fixture
def here(tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with the tiny course as the course."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(tiny_course))
    monkeypatch.setenv("GRADE_LANG", "en")
    return tmp_path


@pytest.mark.usefixtures("here")
def test_empty_folder_is_told_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is graded, nothing is written."""
    assert answer([]) == ExitCode.UNGRADABLE

    told = capsys.readouterr().out
    assert "0 / 1 solved, 0 / 10 points" in told
    assert told.splitlines()[-3:] == [
        "Next: ex90  Tiny",
        "  There is no ex90.py here. A folder to work in:",
        "    grade init work && cd work",
    ]
    assert not Path(".grade").exists()


def test_folder_with_files_of_the_course_is_completed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No folder inside it is proposed."""
    answer(["init", "."])
    (here / "ex90.py").unlink()
    capsys.readouterr()
    answer([])

    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  There is no ex90.py here. What is missing in this folder:",
        "    grade init .",
    ]


def test_untouched_stub_is_not_examined(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What to read, what to write."""
    answer(["init", "."])
    capsys.readouterr()

    assert answer([]) == ExitCode.NOT_ACCEPTED
    assert "  Read ex90.md, write ex90.py, then `grade`.\n" in capsys.readouterr().out
    assert not (here / ".grade").exists()


@pytest.mark.usefixtures("here")
def test_end_of_the_course_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The bar is full then, and only then."""
    kept("accepted", 10.0)

    assert answer([]) == ExitCode.ACCEPTED
    assert capsys.readouterr().out.splitlines() == [
        "Progress: [######################################]  1 / 1 solved, 10 / 10 points",
        "",
        "Every exercise is solved.",
    ]


@pytest.mark.usefixtures("here")
def test_points_of_unsolved_exercises_count(tiny_course: Path) -> None:
    """Those of the last attempt; an attempt without points has none."""
    exercise = read_exercise(tiny_course / "ex90_tiny")
    kept("partial", 7.5)

    assert progress_of([exercise], Work(Path(".grade"))) == Progress(solved=0, exercises=1, points=7.5, most=10.0)


@given(
    some.integers(1, 300).flatmap(lambda of: some.tuples(some.integers(0, of), some.just(of))), some.integers(10, 40)
)
def test_bar_is_full_only_at_the_end(done: tuple[int, int], width: int) -> None:
    """It is as wide as it was asked to be, and the first exercise shows."""
    solved, of = done
    filled, rest = drawn(Progress(solved=solved, exercises=of, points=0, most=1), width)

    assert len(filled + rest) == width
    assert filled.endswith(">") == (solved < of)
    assert filled.startswith("#") == (solved > 0)


@pytest.mark.parametrize("width", [24, 40, 60, 80, 200])
@pytest.mark.parametrize("label", ["Progress", "进度"])
def test_line_fits_any_terminal(monkeypatch: pytest.MonkeyPatch, width: int, label: str) -> None:
    """A Chinese word takes two columns each character; where there is no room, the bar is left out."""
    monkeypatch.setattr(
        course_progress, "speaker", lambda _: lambda text, **values: text.format(**values).replace("Progress", label)
    )
    console = Console(file=io.StringIO(), width=width, color_system=None)
    tell_progress(Progress(solved=7, exercises=21, points=82.5, most=210), Pen(console), "zh")
    line = console.file.getvalue().rstrip("\n")  # type: ignore[attr-defined]  # it is the StringIO

    assert "7 / 21" in line
    assert cell_len(line) <= max(width, cell_len(f"{label}: 7 / 21 solved, 82.5 / 210 points"))
