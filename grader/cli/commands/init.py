"""`grade init`: a folder to work in."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import click

from grader.cli.choose import all_exercises
from grader.cli.options import global_options, settings_of
from grader.course.texts import read_stub, read_text
from grader.errors import ExitCode, UsageError
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.texts import Speaker, choose_language, speaker, why

SCHEMA = "ipc-grader/init/1"
IGNORE = ".gitignore"
IGNORED = (b".grade/", b"__pycache__/", b".venv/")  # results, bytecode, an interpreter of one's own


@click.command("init", short_help="Make a folder to work in.")
@click.argument("directory", type=click.Path(path_type=Path))
@global_options
@click.pass_context
def command(context: click.Context, directory: Path) -> ExitCode:
    """Put the stub and the text of every exercise into DIRECTORY; what is already there stays as it is.

    A `.gitignore` keeps results and bytecode out of git; lines that are missing in yours are added to it.
    """
    settings = settings_of(context)
    exercises = all_exercises(settings)
    written: list[str] = []
    kept: list[str] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for exercise in exercises:
            for name, content in _files(exercise, settings.language):
                (written if _write_new(directory / name, content) else kept).append(name)
        created = _write_new(directory / IGNORE, b"".join(b"%s\n" % line for line in IGNORED))
        added = [] if created else _complete(directory / IGNORE)
    except OSError as error:
        message = say("{folder} cannot be written: {reason}", folder=str(directory), **why(error))
        raise UsageError(message, hint=say("name another folder")) from error
    (written if created else kept).append(IGNORE)
    if settings.json:
        document = {"schema": SCHEMA, "folder": str(directory), "written": written, "kept": kept, "ignored": added}
        click.echo(json.dumps(document, indent=2))
        return ExitCode.ACCEPTED
    _ = speaker(settings.language)
    click.echo(
        _("{count} files written to {folder}, {kept} kept", count=len(written), folder=str(directory), kept=len(kept))
    )
    if added:
        click.echo(_("added to {file}: {lines}", file=IGNORE, lines=" ".join(added)))
    kept_language = "" if choose_language(None, os.environ) == settings.language else f" --lang {settings.language}"
    click.echo(_next(directory, exercises[0].id, kept_language, _))
    if kept_language:
        click.echo(_("`export GRADE_LANG={language}` saves you the --lang.", language=settings.language))
    return ExitCode.ACCEPTED


def _next(directory: Path, first: str, options: str, _: Speaker) -> str:
    command, folder = f"grade {first}{options}", _quoted(str(directory))
    if directory.resolve() == Path.cwd():
        return _("Next: read {id}.md, then {command}", id=first, command=command)
    return _("Next: cd {folder}, read {id}.md, then {command}", folder=folder, id=first, command=command)


def _quoted(path: str) -> str:
    """As it is typed in a shell; `shlex.quote` alone would quote Chinese, too."""
    plain = "".join("x" if letter.isalnum() else letter for letter in path)
    return path if shlex.quote(plain) == plain else shlex.quote(path)


def _complete(path: Path) -> list[str]:
    """Add what is missing to a .gitignore, whatever its encoding and ends of lines are; the lines added."""
    content = path.read_bytes()
    present = {line.strip().strip(b"/") for line in content.splitlines()}
    missing = [line for line in IGNORED if line.strip(b"/") not in present]
    if missing:
        end = b"\r\n" if b"\r\n" in content else b"\n"
        gap = end if content and not content.endswith(b"\n") else b""
        with path.open("ab") as file:
            file.write(gap + b"".join(line + end for line in missing))
    return [line.decode() for line in missing]


def _files(exercise: Exercise, language: str) -> tuple[tuple[str, bytes], ...]:
    text = read_text(exercise.folder, language).encode()
    return (exercise.file_name, read_stub(exercise.folder, language)), (f"{exercise.id}.md", text)


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet; false if it is."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True
