"""Help pages speak the reader's language, whichever way it was said."""

from __future__ import annotations

import click
import pytest

from grader.cli import help_page
from grader.cli.main import answer, front
from grader.errors import ExitCode


@pytest.fixture(autouse=True)
def _translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue that is there although nothing was compiled in this checkout."""
    monkeypatch.setattr(help_page, "translate", lambda text, language: f"[{language}] {text}")


def test_a_command_knows_both_ways_to_ask_for_help_whoever_looked_at_it_first() -> None:
    """Also where it was looked up without a command line, as tests of the documentation do."""
    command = front.get_command(click.Context(front, obj={}), "hint")

    assert command is not None
    option = command.get_help_option(click.Context(command, **command.context_settings))
    assert option is not None
    assert set(option.opts) == {"-h", "--help"}


@pytest.mark.parametrize(
    "words", [["--lang", "zh", "hint", "--help"], ["hint", "--help", "--lang", "zh"], ["hint", "-h", "--lang=zh-CN"]]
)
def test_language_may_stand_anywhere(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` is obeyed before `--lang` is read, and still in that language: text and options."""
    assert answer(words) == ExitCode.ACCEPTED
    page = " ".join(capsys.readouterr().out.split())

    assert "[zh] Show hint NUMBER" in page
    assert "[zh] Folder of the results" in page


def test_language_of_the_environment_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As for every other text; asked again in English, the page is English."""
    monkeypatch.setenv("GRADE_LANG", "zh")
    answer(["hint", "--help"])
    answer(["hint", "--help", "--lang", "en"])
    chinese, _, english = capsys.readouterr().out.partition("[en]")

    assert "[zh] Show hint" in chinese
    assert "[zh]" not in english


def test_language_that_is_none_does_not_hide_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for help gets it."""
    assert answer(["hint", "--help", "--lang", "tlh"]) == ExitCode.ACCEPTED
    assert "[en] Show hint" in capsys.readouterr().out


def test_a_language_that_is_not_there_is_refused_in_that_of_the_environment() -> None:
    """Whoever asks for texts that do not exist is told so as everything else is told."""
    assert help_page.language_of(["list", "--lang", "fr"], {"GRADE_LANG": "zh"}) == "zh"
    assert help_page.language_of(["list", "--lang", "fr"], {}) == "en"


def test_numbers_are_called_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """Not INTEGER RANGE, which click would write."""
    answer(["batch", "--help", "--lang", "zh"])

    assert "--seed N" in capsys.readouterr().out
