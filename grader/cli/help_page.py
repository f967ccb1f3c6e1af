"""Help pages in the reader's language: click writes them, we give it the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import cleandoc

import click

from grader.errors import UsageError
from grader.texts import choose_language, translate

CHINESE_WIDTH = 56  # click counts characters; a Chinese one takes two columns
_ENGLISH: dict[int, str] = {}  # what stood there before, by what holds it: a page can be asked for in both languages


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that a command line asks for; `--help` is obeyed before `--lang` is read, so we look for it."""
    words = [*arguments, ""]
    wish = next((word.partition("=")[2] for word in words if word.startswith("--lang=")), None)
    if "--lang" in words:
        wish = words[words.index("--lang") + 1]
    try:
        return choose_language(wish, environment)
    except UsageError:
        return "en"


def localise(command: click.Command, language: str) -> None:
    """Put the texts of a command and of its options into `language`."""
    options = [one for one in command.params if isinstance(one, click.Option)]
    holders: list[click.Command | click.Option] = [command, *options]
    for holder in holders:
        if holder.help:
            english = _ENGLISH.setdefault(id(holder), cleandoc(holder.help))
            holder.help = translate(english, language)


def width_of(language: str) -> int | None:
    """How many characters a line may have; None leaves it to click."""
    return CHINESE_WIDTH if language == "zh" else None
