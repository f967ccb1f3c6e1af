"""`grade report`: where the page of the last attempt lies, and the browser that shows it."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import click

from grader.cli.choose import completed, exercise_named
from grader.cli.options import global_options, settings_of
from grader.cli.results import PAGE
from grader.cli.work import FOLDER, Work
from grader.errors import ExitCode, UsageError
from grader.model.message import say
from grader.texts import speaker

SCHEMA = "ipc-grader/report/1"


@click.command("report", short_help="Show the page of your last attempt.")
@click.argument("exercise", required=False, shell_complete=completed)
@click.option("--open", "opens", is_flag=True, help="Open it in your browser.")
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, exercise: str | None, out: Path, *, opens: bool) -> ExitCode:
    """Print where the page of your last attempt at EXERCISE (default: the latest of all) lies, and open it if asked."""
    settings, work = settings_of(context), Work(out)
    wanted = exercise_named(exercise, settings).id if exercise else work.latest()
    page = work.last_folder(wanted) / PAGE if wanted else None
    if wanted is None or page is None or not page.is_file():
        again = say("grade it first: {command}", command=f"grade {wanted or 'ex01'}")
        missing = say("there is no report in {folder}", folder=str(out))
        if wanted is not None:
            missing = say("there is no report of {exercise} in {folder}", exercise=wanted, folder=str(out))
        raise UsageError(missing, hint=again)
    if settings.json:
        click.echo(json.dumps({"schema": SCHEMA, "exercise": wanted, "path": str(page.resolve())}, indent=2))
    else:
        click.echo(str(page))
    if opens and not webbrowser.open(page.resolve().as_uri()):
        _ = speaker(settings.language)
        click.echo(_("There is no browser here; open {file} in one.", file=str(page.resolve())), err=True)
    return ExitCode.ACCEPTED
