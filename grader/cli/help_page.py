"""Help pages in the reader's language: click writes them, we give it the texts, and lines that fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from inspect import cleandoc

import click

from grader.errors import UsageError
from grader.report.wrapping import wrapped
from grader.texts import choose_language, translate

LEAST = 10  # columns that a text has, however narrow the terminal
_ENGLISH: dict[int, str] = {}  # what stood there before, by what holds it: a page can be asked for in both languages


class ChinesePage(click.HelpFormatter):
    """Lines are as wide as they look: a Chinese character takes two columns, which click does not know."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, prefix or translate("Usage: ", "zh"))

    def write_heading(self, heading: str) -> None:
        """`Options` and the like."""
        said = translate("Options", "zh") if heading == "Options" else heading  # of others we write the headings
        self.write(f"{'':>{self.current_indent}}{said}：\n")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            lines = wrapped(" ".join(paragraph.split()), self.width - self.current_indent, columns)
            self.write("\n" * (number > 0) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it is for."""
        rows = list(rows)
        wide = min(max((columns(first) for first, _ in rows), default=0), col_max) + col_spacing
        margin = " " * (self.current_indent + wide)
        for first, second in rows:
            said = second.replace("[required]", translate("[required]", "zh"))
            lines = list(wrapped(said, max(self.width - len(margin), LEAST), columns)) or [""]
            beside = columns(first) <= wide - col_spacing
            begin = first + " " * (wide - columns(first)) if beside else f"{first}\n{margin}"
            self.write(f"{'':>{self.current_indent}}{begin}{lines[0]}\n")
            self.write("".join(f"{margin}{line}\n" for line in lines[1:]))


class ChineseContext(click.Context):
    """A command line whose help pages are Chinese."""

    formatter_class = ChinesePage


def columns(text: str) -> int:
    """How wide a text is in a terminal."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that a command line asks for; `--help` is obeyed before `--lang` is read, so we look for it."""
    words = [*arguments, ""]
    wish = next((word.partition("=")[2] for word in words if word.startswith("--lang=")), None)
    if "--lang" in words:
        wish = words[words.index("--lang") + 1]
    try:
        return choose_language(wish, environment)
    except UsageError:
        return choose_language(None, environment)


def localise(command: click.Command, language: str, parent: click.Context | None = None) -> None:
    """Put the texts of a command and of its options into `language`."""
    options = [one for one in command.params if isinstance(one, click.Option)]
    for option in options:
        if isinstance(option.type, click.IntRange) and option.metavar is None:
            option.metavar = "N"  # of INTEGER RANGE nobody learns more, in either language
    holders: list[click.Command | click.Option] = [command, *options]
    for holder in holders:
        if holder.help:
            english = _ENGLISH.setdefault(id(holder), cleandoc(holder.help))
            holder.help = translate(english, language)
    command.context_class = ChineseContext if language == "zh" else click.Context
    command.options_metavar = translate("[OPTIONS]", language)
    if isinstance(command, click.Group):
        command.subcommand_metavar = translate("[COMMAND] [ARGS]...", language)
    asked = command.get_help_option(click.Context(command, parent=parent, **command.context_settings))
    if asked is not None:
        asked.help = translate("Show this page.", language)
