"""`grade list`: the course, with what became of each exercise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from grader.cli.choose import all_exercises
from grader.cli.options import global_options, settings_of
from grader.cli.work import FOLDER, LastAttempt, Work
from grader.errors import ExitCode
from grader.report.wording import verdict_word
from grader.texts import translate

SCHEMA = "ipc-grader/list/1"


@click.command("list", short_help="List the exercises.")
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, out: Path) -> ExitCode:
    """List all exercises in teaching order with the verdict of your last attempt.

    A file that cannot be graded, or another file that is worse than what you had, takes nothing away.
    """
    settings, work = settings_of(context), Work(out)
    told = [(exercise, work.standing(exercise.id)) for exercise in all_exercises(settings)]
    if settings.json:
        rows = [
            {
                "id": exercise.id,
                "slug": exercise.slug,
                "title": exercise.title.en,
                "verdict": last.verdict if last else None,
                "points": last.points if last else None,
                "max_points": exercise.max_points,
            }
            for exercise, last in told
        ]
        click.echo(json.dumps({"schema": SCHEMA, "exercises": rows}, indent=2))
        return ExitCode.ACCEPTED
    from grader.cli.display import console_for, show_table

    show_table(
        console_for(settings.color, os.environ),
        (
            (
                exercise.id,
                exercise.title.in_(settings.language),
                _said(last, settings.language),
                f"{last.points:g} / {exercise.max_points:g}" if last and last.points is not None else "",
            )
            for exercise, last in told
        ),
    )
    return ExitCode.ACCEPTED


def _said(last: LastAttempt | None, language: str) -> str:
    return translate(verdict_word(last.verdict), language) if last else translate("not tried", language)
