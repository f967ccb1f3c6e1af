"""`grade init`: a folder to work in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli.choose import all_exercises
from grader.cli.options import global_options, settings_of
from grader.course.texts import read_stub, read_text
from grader.errors import ExitCode, UsageError
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.texts import speaker

SCHEMA = "ipc-grader/init/1"


@click.command("init", short_help="Make a folder to work in.")
@click.argument("directory", type=click.Path(path_type=Path))
@global_options
@click.pass_context
def command(context: click.Context, directory: Path) -> ExitCode:
    """Put the stub and the text of every exercise into DIRECTORY; what is already there stays as it is."""
    settings = settings_of(context)
    exercises = all_exercises(settings)
    written: list[str] = []
    kept: list[str] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for exercise in exercises:
            for name, content in _files(exercise, settings.language):
                (written if _write_new(directory / name, content) else kept).append(name)
    except OSError as error:
        reason = error.strerror or str(error)
        message = say("{folder} cannot be written: {reason}", folder=str(directory), reason=reason)
        raise UsageError(message, hint=say("name another folder")) from error
    if settings.json:
        document = {"schema": SCHEMA, "folder": str(directory), "written": written, "kept": kept}
        click.echo(json.dumps(document, indent=2))
        return ExitCode.ACCEPTED
    _ = speaker(settings.language)
    click.echo(
        _("{count} files written to {folder}, {kept} kept", count=len(written), folder=str(directory), kept=len(kept))
    )
    first = exercises[0].id
    click.echo(_("Next: cd {folder}, read {id}.md, then grade {id}", folder=str(directory), id=first))
    return ExitCode.ACCEPTED


def _files(exercise: Exercise, language: str) -> tuple[tuple[str, bytes], ...]:
    text = read_text(exercise.folder, language).encode()
    return (exercise.file_name, read_stub(exercise.folder)), (f"{exercise.id}.md", text)


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet; false if it is."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True
