"""`grade reset`: the stub again, and the old work beside it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from grader.cli.choose import completed, exercise_named, is_own
from grader.cli.options import global_options, settings_of
from grader.cli.work import FOLDER, Work
from grader.course.texts import read_stub, read_stubs
from grader.errors import ExitCode, UsageError
from grader.model.message import say
from grader.texts import speaker, why

SCHEMA = "ipc-grader/reset/1"


@click.command("reset", short_help="Start an exercise afresh.")
@click.argument("exercise", shell_complete=completed)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, exercise: str, file: Path | None, out: Path) -> ExitCode:
    """Put the stub of EXERCISE into FILE (default: `ex03.py` here); what FILE held is kept beside it.

    The exercise counts as not tried again, unless FILE is another file than its own.
    """
    settings = settings_of(context)
    chosen = exercise_named(exercise, settings)
    path, stub = file or Path(chosen.file_name), read_stub(chosen.folder, settings.language)
    try:
        kept = _set_aside(path, read_stubs(chosen.folder))
        path.write_bytes(stub)
    except OSError as error:
        raise UsageError(say("{file} cannot be written: {reason}", file=str(path), **why(error))) from error
    if is_own(path, chosen):
        Work(out).begin_anew(chosen.id)
    if settings.json:
        document = {"schema": SCHEMA, "exercise": chosen.id, "file": str(path), "kept": str(kept) if kept else None}
        click.echo(json.dumps(document, indent=2))
        return ExitCode.ACCEPTED
    _ = speaker(settings.language)
    if kept:
        click.echo(_("{file} is the stub again; your work is kept in {kept}", file=str(path), kept=str(kept)))
    else:
        click.echo(_("{file} is the stub", file=str(path)))
    command_again = f"grade {chosen.id}" if file is None else f"grade {chosen.id} {shlex.quote(str(file))}"
    click.echo(_("Next: write {file}, then `{command}`", file=str(path), command=command_again))
    return ExitCode.ACCEPTED


def _set_aside(path: Path, stubs: frozenset[bytes]) -> Path | None:
    """Rename what is there, unless it is the stub itself, in whatever language; never over another file."""
    if not path.exists() or (path.is_file() and path.read_bytes() in stubs):
        return None
    number = 1
    while (kept := path.with_name(f"{path.stem}.before-reset-{number}{path.suffix}")).exists():
        number += 1
    return path.rename(kept)
