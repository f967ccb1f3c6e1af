"""When there is colour, and what moves while a run goes on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from grader.cli.display import Counter, Progress, console_for, show_page, show_table, wants_colour
from grader.cli.options import When
from grader.course.read import read_exercise
from grader.model.attempt import CheckResult, Outcome


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        """Always."""
        return True


@pytest.mark.parametrize(
    ("when", "environment", "terminal", "colour"),
    [
        (When.AUTO, {}, True, True),
        (When.AUTO, {}, False, False),
        (When.AUTO, {"TERM": "dumb"}, True, False),
        (When.AUTO, {"NO_COLOR": "1"}, True, False),
        (When.AUTO, {"NO_COLOR": ""}, True, True),
        (When.AUTO, {"FORCE_COLOR": "1"}, False, True),
        (When.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        (When.ALWAYS, {"NO_COLOR": "1"}, False, True),
        (When.NEVER, {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour_follows_the_nearest_wish(
    when: When, environment: dict[str, str], *, terminal: bool, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--color`, then NO_COLOR, then FORCE_COLOR, then whether a terminal looks on; rich has no opinion of its own."""
    stream = Terminal() if terminal else io.StringIO()
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.setenv(name, "1") if name in environment else monkeypatch.delenv(name, raising=False)
    console_for(when, environment, stream).print("word", style="red")

    assert wants_colour(when, environment, stream) is colour
    assert ("\x1b[" in stream.getvalue()) is colour


def test_page_is_markdown_in_a_file_and_drawn_in_a_terminal() -> None:
    """A pipe gets the source, a person the page."""
    file, terminal = io.StringIO(), Terminal()
    for stream in (file, terminal):
        show_page(console_for(When.NEVER, {}, stream), "## Head\n\n*text*\n")

    assert file.getvalue() == "## Head\n\n*text*\n"
    assert "##" not in terminal.getvalue()


def test_table_takes_brackets_as_they_are() -> None:
    """A title like `[x]` is no markup of rich."""
    stream = io.StringIO()
    show_table(console_for(When.NEVER, {}, stream), [("ex90", "[bold]x[/]"), ("ex91", "锁")])

    assert stream.getvalue().splitlines()[0].rstrip() == "ex90  [bold]x[/]"


def test_progress_names_shown_checks_only(tiny_course: Path) -> None:
    """A hidden check moves the counter and has no name."""
    exercise = read_exercise(tiny_course / "ex90_tiny")
    stream = Terminal()
    with Progress(exercise, "en", Console(file=stream, force_terminal=True, color_system=None)) as progress:
        progress("doubles")
        progress(CheckResult(check="doubles", outcome=Outcome.PASSED))
        progress("refuses_text")

    assert "0/3  doubles a number" in stream.getvalue()
    assert "1/3" in stream.getvalue()
    assert "refuses" not in stream.getvalue()


def test_progress_is_silent_in_a_file(tiny_course: Path) -> None:
    """A log keeps results, not movement."""
    stream = io.StringIO()
    with Progress(read_exercise(tiny_course / "ex90_tiny"), "en", Console(file=stream)) as progress:
        progress("doubles")

    assert stream.getvalue() == ""


def test_counter_says_how_long_it_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal: the rest as fast as what is done."""
    now = iter((0.0, 60.0, 120.0, 180.0))
    monkeypatch.setattr("grader.cli.display.time.monotonic", lambda: next(now))
    stream = Terminal()
    with Counter(3, Console(file=stream, force_terminal=True, width=80), "en") as counter:
        counter.note("ex03  ann")
        counter.advance()
        assert "about 2 min left  1/3  ex03  ann" in stream.getvalue()
        counter.advance()
        assert "about 1 min left  2/3" in stream.getvalue()
