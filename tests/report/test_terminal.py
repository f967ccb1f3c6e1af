"""The terminal tells the first failure in full and every check in a line, whatever the terminal can show."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.model.attempt import CheckResult, Outcome
from grader.model.exercise import Visibility
from grader.model.message import say
from grader.report.student_page import render
from grader.report.terminal import as_text, write
from grader.report.view import for_student
from tests.report.conftest import Compare
from tests.report.samples import EXERCISE, SAMPLES


def screen(name: str, *, width: int = 80, language: str = "en", encoding: str = "utf-8", every: bool = False) -> str:
    """What a terminal of that width and encoding shows of a sample."""
    attempt, source = SAMPLES[name]
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    console = Console(file=file, width=width, color_system=None, legacy_windows=False)
    write(for_student(attempt, EXERCISE, source, language), console, report="ex03/report.html", every=every)
    file.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "hostile"])
def test_the_terminal_looks_as_approved(name: str, golden: Compare) -> None:
    """What a student reads changes only when somebody has looked at it."""
    golden(f"{name}.80.txt", screen(name))


@pytest.mark.parametrize("name", ["lost_update", "deadlock", "several"])
def test_a_narrow_terminal_looks_as_approved(name: str, golden: Compare) -> None:
    """At 40 columns the interleaving is a list instead of columns."""
    golden(f"{name}.40.txt", screen(name, width=40))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [80, 40])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    """Width is counted in cells, so wide characters do not break the layout."""
    lines = screen(name, width=width, every=True).splitlines()

    assert [line for line in lines if cell_len(line) > width] == []


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_terminal_without_our_glyphs_shows_others(name: str, encoding: str) -> None:
    """An encoding that has no check mark gets a plain one; nothing raises, whatever the program printed."""
    assert "+ passed" in screen(name, encoding=encoding) or name in {"ungradable", "not_started"}


def test_what_stops_every_check_is_said_once() -> None:
    """A file that cannot be imported fails each check for the same reason; it stands above the table."""
    attempt, source = SAMPLES["lost_update"]
    said = say("importing {file} raised {raised}", file="ex03.py", raised="NameError: x")
    results = tuple(
        CheckResult(check=result.check, outcome=Outcome.FAILED, message=said, facts=("import-failed",))
        for result in attempt.results
    )
    exercise = replace(EXERCISE, checks=tuple(replace(one, visibility=Visibility.SHOWN) for one in EXERCISE.checks))
    view = for_student(replace(attempt, results=results), exercise, source, "en")
    told = as_text(view, width=80)
    table = render(view).partition("<tbody>")[2].partition("</tbody>")[0]

    assert told.partition("Next:")[2].count("importing ex03.py") == 0
    assert len(view.rows) == table.count("<tr>")
    assert "importing ex03.py" not in table
    assert "importing ex03.py raised NameError: x" in told


def test_a_hidden_check_shows_its_points_only() -> None:
    """Neither name nor message nor value of a hidden check is printed, not even with everything asked for."""
    shown = screen("several", every=True)

    assert "SECRET" not in shown
    assert "a hidden check" in shown


def test_no_colour_means_no_escape() -> None:
    """Without colour there is not a single escape sequence in the output, also with hostile input."""
    assert "\x1b" not in screen("hostile", every=True)


def test_practice_without_isolation_is_said() -> None:
    """Level none is printed with what is missing."""
    assert "Not isolated:" in screen("left_behind")


def test_what_is_wrong_with_the_file_is_said_once() -> None:
    """Above the table, not again in the row of each check that was not run."""
    sample, source = SAMPLES["ungradable"]
    problem = sample.problems[0].message
    rows = tuple(replace(result, message=problem) for result in sample.results)
    told = as_text(for_student(replace(sample, results=rows), EXERCISE, source, "en"), width=80)

    assert told.count(str(problem)) == 1
