"""What click refuses is told in our words, in the reader's language, with the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from grader import texts
from grader.cli import main as cli
from grader.cli.help_page import columns
from grader.errors import ExitCode
from tests.test_texts import compiled

WIDEST = 80
WORDS = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    "grade",
    "help",
    "SUBMISSIONS",
    "NUMBER",
    "POINTS",
    "FORMAT",
    "content",
    "reason",
    "auto",
    "always",
    "never",
    "color",
    "seed",
}


@pytest.fixture(scope="module")
def _catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The Chinese texts, compiled, whatever this checkout holds."""
    with pytest.MonkeyPatch.context() as patch:
        compiled(tmp_path_factory.mktemp("locale"), patch)
        texts._catalogue.cache_clear()
        yield
    texts._catalogue.cache_clear()


REFUSED = {
    "--nonsense": ("there is no option --nonsense", "grade --help says what is possible"),
    "list --foo": ("there is no option --foo", "grade list --help says what is possible"),
    "list --colour never": ("there is no option --colour", "did you mean --color?"),
    "run --sede 3": ("there is no option --sede", "did you mean --seed?"),
    "inbox": ("SUBMISSIONS is missing", "grade inbox --help says what is possible"),
    "hint ex03 9": ("NUMBER is a whole number from 1 to 3", "grade hint --help says what is possible"),
    "hint ex03 1 2 3": ("more words than expected: 2 3", "grade hint --help says what is possible"),
    "run --seed x": ("--seed is a whole number, 0 at least", "grade run --help says what is possible"),
    "run --seed": ("the option --seed needs a value", "grade --help says what is possible"),
    "run --color pink": ("--color is one of: auto, always, never", "grade run --help says what is possible"),
    "--json=3 list": ("the option --json takes no value", "grade --help says what is possible"),
    "adjust 1 2 3 x": ("POINTS is a number", "grade adjust --help says what is possible"),
    "adjust 1 2 3": ("the option --reason is missing", "grade adjust --help says what is possible"),
    "export": ("FORMAT is missing", "grade export --help says what is possible"),
}


@pytest.mark.parametrize("line", REFUSED)
def test_refusal_says_what_is_wrong_and_the_way_out(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, two lines."""
    assert cli.answer(line.split()) == ExitCode.USAGE

    what, way_out = REFUSED[line]
    assert capsys.readouterr().err == f"grade: {what}\n  {way_out}\n"


@pytest.mark.usefixtures("_catalogue")
@pytest.mark.parametrize("line", REFUSED)
def test_refusal_is_chinese_for_a_chinese_reader(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of it is English but what is typed."""
    cli.answer([*line.split(), "--lang=zh"])

    said = set(WORDS.findall(capsys.readouterr().err))
    assert said <= NAMES | set(WORDS.findall(line))


def test_every_type_of_a_parameter_has_its_sentence() -> None:
    """No command has a parameter about which click could say more than we know to say."""
    known = (click.Choice, click.IntRange, click.types.FloatParamType, click.types.StringParamType)
    never_wrong = (click.Path, click.types.BoolParamType)  # of a path nothing is asked
    commands = [cli.front, *(cli.front.get_command(click.Context(cli.front, obj={}), name) for name in cli.COMMANDS)]
    others = {
        (command.name, parameter.name)
        for command in commands
        if command is not None
        for parameter in command.params
        if not isinstance(parameter.type, (*known, *never_wrong))
    }

    assert others == set()


@pytest.mark.usefixtures("_catalogue")
def test_chinese_help_is_chinese_and_fits(capsys: pytest.CaptureFixture[str]) -> None:
    """No heading of click is left in English, and no line is wider than a terminal."""
    for name in ("", *cli.COMMANDS):
        assert cli.answer([*([name] if name else []), "--help", "--lang", "zh"]) == ExitCode.ACCEPTED
        page = capsys.readouterr().out

        assert page.startswith("用法：grade")
        assert "选项：" in page
        assert not re.search(r"Usage|Options|OPTIONS|Show this|required|ARGS", page), name
        assert max(map(columns, page.splitlines())) <= WIDEST, name


def test_english_help_stays_with_click(capsys: pytest.CaptureFixture[str]) -> None:
    """After a Chinese page, too."""
    cli.answer(["hint", "--help", "--lang", "zh"])
    cli.answer(["hint", "--help", "--lang", "en"])

    assert "Usage: grade hint [OPTIONS] [EXERCISE] [NUMBER]" in capsys.readouterr().out
