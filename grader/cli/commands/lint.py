"""`grade lint`: what an author has to mend before anybody is graded."""

from __future__ import annotations

import json

import click

from grader.authoring.complaint import Complaint
from grader.authoring.lint import lint_course, lint_exercises
from grader.cli.choose import root_of
from grader.cli.options import Settings, global_options, settings_of
from grader.course.find import exercise_folders, find_exercise
from grader.errors import ExitCode
from grader.texts import speaker, translate

SCHEMA = "ipc-grader/lint/1"


@click.command("lint", short_help="Look for what is missing in a course.")
@click.argument("exercises", nargs=-1, metavar="[EX]...")
@global_options
@click.pass_context
def command(context: click.Context, exercises: tuple[str, ...]) -> ExitCode:
    """Look for what is wrong or missing in EX (default: all exercises), and say where, and the way out.

    Nothing is run: whether a suite is right is the affair of `grade verify`.
    """
    settings = settings_of(context)
    root = root_of(settings)
    found = list(lint_course(root))
    if not found or exercises:
        folders = [find_exercise(root, word) for word in exercises] or exercise_folders(root)
        found += lint_exercises(root, folders)
    _tell(found, settings)
    return ExitCode.NOT_ACCEPTED if found else ExitCode.ACCEPTED


def _tell(found: list[Complaint], settings: Settings) -> None:
    if settings.json:
        rows = [
            {"file": str(one.file), "place": one.place or None, "what": str(one.what), "way_out": str(one.way_out)}
            for one in found
        ]
        click.echo(json.dumps({"schema": SCHEMA, "complaints": rows}, indent=2))
        return
    _ = speaker(settings.language)
    for one in found:
        place = (
            f"{one.file}:{one.place}" if one.place.isdecimal() else " ".join(filter(None, (f"{one.file}:", one.place)))
        )
        click.echo(f"{place.rstrip(':')}: {translate(one.what, settings.language)}")
        click.echo(f"    {translate(one.way_out, settings.language)}")
    click.echo(_("To mend: {count}", count=len(found)) if found else _("Nothing to mend."))
