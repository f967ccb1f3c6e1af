"""`grade explain`: the page of a diagnosis."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from grader.cli.options import Settings, global_options, settings_of
from grader.course.nearest import nearest
from grader.errors import ExitCode, UsageError
from grader.model.message import say

CATALOGUE = Path(__file__).parents[2] / "diagnosis" / "catalogue"
SCHEMA = "ipc-grader/explain/1"


@click.command("explain", short_help="Explain a diagnosis.")
@click.argument("code", required=False)
@global_options
@click.pass_context
def command(context: click.Context, code: str | None) -> ExitCode:
    """Explain the diagnosis CODE: what happened, why, how to see it, what to try. Without CODE: list them all."""
    settings = settings_of(context)
    if code is None:
        return _list(settings)
    page = _page(code, settings.language)
    if settings.json:
        click.echo(json.dumps({"schema": SCHEMA, "code": code, "text": page}, indent=2))
        return ExitCode.ACCEPTED
    from grader.cli.display import console_for, show_page

    show_page(console_for(settings.color, os.environ), page)
    return ExitCode.ACCEPTED


def _list(settings: Settings) -> ExitCode:
    titles = {code: _page(code, settings.language).partition("\n")[0].removeprefix("# ") for code in sorted(_pages())}
    if settings.json:
        click.echo(json.dumps({"schema": SCHEMA, "codes": titles}, indent=2))
        return ExitCode.ACCEPTED
    from grader.cli.display import console_for, show_table

    show_table(console_for(settings.color, os.environ), titles.items())
    return ExitCode.ACCEPTED


def _pages() -> dict[str, Path]:
    return {page.parent.name.replace("_", "-"): page.parent for page in CATALOGUE.glob("*/en.md")}


def _page(code: str, language: str) -> str:
    pages = _pages()
    folder = pages.get(code.lower().replace("_", "-"))
    if folder is None:
        near = nearest(code.lower(), pages)
        hint = say("did you mean {name}?", name=near) if near else say("codes: {codes}", codes=", ".join(sorted(pages)))
        raise UsageError(say("there is no diagnosis {code}", code=repr(code)), hint=hint)
    path = folder / f"{language}.md"
    return (path if path.is_file() else folder / "en.md").read_text(encoding="utf-8")
