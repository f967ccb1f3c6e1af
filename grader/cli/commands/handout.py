"""`grade handout`: what students get of a course."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.authoring.handout import write_handout
from grader.cli.choose import all_exercises, exercise_named, root_of
from grader.cli.options import global_options, settings_of
from grader.course.read import read_course
from grader.errors import ExitCode
from grader.model.message import Words
from grader.texts import speaker

SCHEMA = "ipc-grader/handed-out/1"


@click.command("handout", short_help="Write what students get.")
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("exercises", nargs=-1, metavar="[EX]...")
@global_options
@click.pass_context
def command(context: click.Context, directory: Path, exercises: tuple[str, ...]) -> ExitCode:
    """Write stubs, texts, a page to start from and a manifest with digests of EX (default: all) into DIRECTORY.

    Neither suites nor solutions; and no hints, which `grade hint` shows one at a time. Texts come in every language of
    the course, stubs in yours.
    """
    settings = settings_of(context)
    course = read_course(root_of(settings))
    chosen = tuple(exercise_named(word, settings) for word in exercises) or all_exercises(settings)
    title = Words(en=course.title.en, zh=course.title.zh)
    written = write_handout(directory, chosen, title, course.languages, settings.language)
    if settings.json:
        click.echo(json.dumps({"schema": SCHEMA, "folder": str(directory), "written": written}, indent=2))
        return ExitCode.ACCEPTED
    _ = speaker(settings.language)
    click.echo(_("{count} files written to {folder}", count=len(written), folder=str(directory)))
    return ExitCode.ACCEPTED
