"""The options that every command understands, before its name or after it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.errors import UsageError
from grader.model.message import say
from grader.texts import choose_language

COMPLETION = "_GRADE_COMPLETE"  # click looks for it: https://click.palletsprojects.com/en/stable/shell-completion/

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class When(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the global options came to; `python` is None for our own interpreter."""

    language: str
    color: When
    json: bool
    content: Path | None
    python: str | None


def global_options(command: Decorated) -> Decorated:
    """Give a command the global options; the group reads their environment variables, the nearer option wins."""
    return _options(command, environment=False)


def global_options_of_group(group: Decorated) -> Decorated:
    """The same, and each can be set by a variable: `--color` by $GRADE_COLOR."""
    return _options(group, environment=True)


def settings_of(context: click.Context) -> Settings:
    """What the user wished, or a UsageError."""
    wishes = context.find_root().obj
    return Settings(
        language=choose_language(wishes.get("lang"), os.environ),
        color=When(wishes.get("color", When.AUTO)),
        json=bool(wishes.get("json", False)),
        content=wishes.get("content"),
        python=_interpreter(wishes.get("python")),
    )


def _options(command: Decorated, *, environment: bool) -> Decorated:
    def variable(name: str) -> str | None:
        return f"GRADE_{name}" if environment else None

    rows: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "--python",
            {"metavar": "PATH", "envvar": variable("PYTHON"), "help": "Interpreter that runs the submission."},
        ),
        ("--content", {"type": click.Path(path_type=Path), "metavar": "DIR", "help": "Folder of the exercises."}),
        ("--json", {"is_flag": True, "envvar": variable("JSON"), "help": "One JSON document on stdout."}),
        (
            "--color",
            {
                "type": click.Choice([when.value for when in When]),
                "envvar": variable("COLOR"),
                "help": "When to use colour.",
            },
        ),
        ("--lang", {"metavar": "en|zh", "help": "Language of all texts."}),
    )
    for name, how in rows:
        command = click.option(name, expose_value=False, callback=_remember, default=None, **how)(command)
    return command


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None and parameter.name is not None:
        context.find_root().obj[parameter.name] = value


def _interpreter(wish: str | None) -> str | None:
    if wish is None:
        return None
    found = shutil.which(wish)
    if found is None:
        raise UsageError(say("there is no interpreter {path}", path=wish), hint=say("name it with --python PATH"))
    return str(Path(found).absolute())
