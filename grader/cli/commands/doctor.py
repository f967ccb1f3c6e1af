"""`grade doctor`: what this machine offers to a run."""

from __future__ import annotations

import json
import locale
import multiprocessing
import os
import platform
import resource
import shutil
import sys
from pathlib import Path

import click

from grader import __version__
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode
from grader.model.message import Message, say
from grader.sandbox.detect import find
from grader.sandbox.quota import whole_cores
from grader.texts import speaker, translate, why

SCHEMA = "ipc-grader/doctor/1"


@click.command("doctor", short_help="Look at this machine.")
@global_options
@click.pass_context
def command(context: click.Context) -> ExitCode:
    """Look at this machine: interpreter, isolation, start methods, shared memory, limits, encoding."""
    settings = settings_of(context)
    found = find()
    isolation, facts = found.isolation, _facts(settings)
    if settings.json:
        measured = {"level": isolation.level.value, "enforced": isolation.enforced, "missing": isolation.missing}
        values = {key: value for key, _label, value in facts}
        click.echo(json.dumps({"schema": SCHEMA, "isolation": measured, **values}, indent=2))
        return ExitCode.ACCEPTED
    from grader.cli.display import console_for, show_table

    _ = speaker(settings.language)
    rows = [(_("isolation"), isolation.level.value), (_("enforced"), ", ".join(isolation.enforced))]
    rows += [(_("missing"), ", ".join(isolation.missing) or "-")]
    rows += [(translate(label, settings.language), _told(value, settings.language)) for _key, label, value in facts]
    show_table(console_for(settings.color, os.environ), rows)
    for obstacle in found.obstacles:
        click.echo(translate(obstacle.why, settings.language))
        click.echo(translate(obstacle.way_out, settings.language))
    return ExitCode.ACCEPTED


def _told(value: object, language: str) -> str:
    if isinstance(value, bool):
        return translate("yes" if value else "no", language)
    return str(value)


def _facts(settings: Settings) -> tuple[tuple[str, Message, object], ...]:
    """What can be said without trying anything: key in the document, label in the table, value."""
    start_methods = ", ".join(multiprocessing.get_all_start_methods())
    shared_memory = _room(Path("/dev/shm"))  # noqa: S108  (where Linux keeps it)
    return (
        ("grader", say("grader"), __version__),
        ("python", say("Python"), platform.python_version()),
        ("interpreter", say("interpreter"), settings.python or sys.executable),
        ("system", say("system"), f"{platform.system()} {platform.release()}"),
        ("processors", say("processors"), whole_cores()),
        ("start_methods", say("start methods"), start_methods),
        ("shared_memory", say("shared memory"), shared_memory),
        ("open_files", say("open files"), resource.getrlimit(resource.RLIMIT_NOFILE)[0]),
        ("processes", say("processes"), resource.getrlimit(resource.RLIMIT_NPROC)[0]),
        ("encoding", say("encoding"), f"{sys.stdout.encoding}, {locale.getencoding()}"),
        ("writable_here", say("writable here"), os.access(Path.cwd(), os.W_OK)),
    )


def _room(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free // 2**20} MiB"
    except OSError as error:
        return why(error)["reason"]
