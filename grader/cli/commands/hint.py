"""`grade hint`: the next of the three hints of an exercise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from grader.cli.choose import completed, exercise_named, next_unsolved
from grader.cli.options import global_options, settings_of
from grader.cli.work import FOLDER, Work
from grader.course.texts import HINTS, read_hints
from grader.errors import ExitCode
from grader.texts import speaker, translate

SCHEMA = "ipc-grader/hint/1"


@click.command("hint", short_help="Show a hint.")
@click.argument("exercise", required=False, shell_complete=completed)
@click.argument("number", required=False, type=click.IntRange(1, HINTS))
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, exercise: str | None, number: int | None, out: Path) -> ExitCode:
    """Show hint NUMBER of EXERCISE (default: the next one you have not solved).

    Without a number the first, then one stronger each time.
    """
    settings, work = settings_of(context), Work(out)
    chosen = exercise_named(exercise, settings) if exercise else next_unsolved(settings, work)
    if chosen is None:
        click.echo(translate("Every exercise is solved.", settings.language), err=settings.json)
        return ExitCode.ACCEPTED
    read = work.hints_read(chosen.id)
    shown = number or min(read + 1, HINTS)
    text = read_hints(chosen.folder, settings.language)[shown - 1]
    work.remember_hints(chosen.id, max(read, shown))
    if settings.json:
        document = {"schema": SCHEMA, "exercise": chosen.id, "number": shown, "of": HINTS, "text": text}
        click.echo(json.dumps(document, indent=2))
        return ExitCode.ACCEPTED
    from grader.cli.display import console_for, show_page

    show_page(console_for(settings.color, os.environ), f"*{chosen.id} · {shown} / {HINTS}*\n\n{text}")
    if number is None and read >= HINTS:
        _ = speaker(settings.language)
        click.echo(
            _(
                "You have read all {count} hints; `grade hint {exercise} 1` shows the first one again.",
                count=HINTS,
                exercise=chosen.id,
            )
        )
    return ExitCode.ACCEPTED
