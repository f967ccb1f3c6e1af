"""`grade new`: the files of a new exercise."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.authoring.new import write_new
from grader.authoring.specimens import solutions_root
from grader.cli.choose import root_of
from grader.cli.options import global_options, settings_of
from grader.errors import ExitCode
from grader.texts import speaker

SCHEMA = "ipc-grader/new/1"


@click.command("new", short_help="Begin a new exercise.")
@click.argument("exercise")
@click.option("--solutions", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the solutions.")
@global_options
@click.pass_context
def command(context: click.Context, exercise: str, solutions: Path | None) -> ExitCode:
    """Write the files of EXERCISE, like `ex22_ring`: a contract, a suite and solutions that work, and words to fill in.

    Nothing is asked, and nothing that is there is touched.
    """
    settings = settings_of(context)
    root = root_of(settings)
    written = write_new(root, solutions_root(root, solutions), exercise)
    folder = written[0].parent
    if settings.json:
        click.echo(json.dumps({"schema": SCHEMA, "folder": str(folder), "written": [str(path) for path in written]}))
        return ExitCode.ACCEPTED
    _ = speaker(settings.language)
    click.echo("\n".join(str(path) for path in written))
    name, id_ = folder.name, folder.name.partition("_")[0]
    click.echo(_("Next: add {name} to exercises in {file};", name=f'"{name}"', file=str(root / "course.toml")))
    click.echo(_("then replace each TODO, until `grade lint {id}` and `grade verify {id}` are content.", id=id_))
    return ExitCode.ACCEPTED
