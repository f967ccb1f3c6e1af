"""`grade compare`: whose grade would move from one run to another, before anything is published."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

import click

from grader.cli.book import Book, gradebook_at, read_book
from grader.cli.choose import check_titles
from grader.cli.display import console_for, show_table
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode
from grader.gradebook.policy import moves
from grader.model.grade import Grade, Move
from grader.report.sanitise import clean_line
from grader.report.wording import points_text
from grader.texts import speaker, translate

SCHEMA = "ipc-grader/compare/1"


@click.command("compare", short_help="Show whose grade differs between two runs.")
@click.argument("first", metavar="RUN1")
@click.argument("second", metavar="RUN2")
@global_options
@click.pass_context
def command(context: click.Context, first: str, second: str) -> ExitCode:
    """Show whose grade would move from RUN1 to RUN2, and why.

    A run is a folder that `grade batch` wrote, like `grades`, or `grades@2` for the state after its second run.
    The next run begins when `grade batch` finds other files after all was graded, or with --fresh.
    """
    settings = settings_of(context)
    before, after = _read(first, settings), _read(second, settings)
    found = moves(before.grades, after.grades, check_titles(settings))
    if settings.json:
        click.echo(json.dumps(_document(found, before.grades, after.grades), indent=2))
    else:
        _tell(found, before.grades, after.grades, settings)
    return ExitCode.ACCEPTED


def _read(where: str, settings: Settings) -> Book:
    with gradebook_at(where) as (store, folder, run):
        return read_book(store, folder, run, settings)


def _same(before: Sequence[Grade], after: Sequence[Grade], found: Sequence[Move]) -> int:
    places = {(one.student, one.exercise) for one in (*before, *after)}
    return len(places) - len(found)


def _document(found: Sequence[Move], before: Sequence[Grade], after: Sequence[Grade]) -> dict[str, object]:
    rows = [
        {
            "student": one.student,
            "name": clean_line(one.name),
            "exercise": one.exercise,
            "before": one.before,
            "after": one.after,
            "reasons": [clean_line(str(reason)) for reason in one.reasons],
        }
        for one in found
    ]
    return {"schema": SCHEMA, "moved": rows, "unchanged": _same(before, after, found)}


def _tell(found: Sequence[Move], before: Sequence[Grade], after: Sequence[Grade], settings: Settings) -> None:
    _ = speaker(settings.language)
    up = sum((one.after or 0.0) > (one.before or 0.0) for one in found)
    down = sum((one.after or 0.0) < (one.before or 0.0) for one in found)
    rows = [
        (
            clean_line(f"{one.name} ({one.student})" if one.name != one.student else one.name),
            one.exercise,
            f"{points_text(one.before)} -> {points_text(one.after)}",
            _("; ").join(clean_line(translate(reason, settings.language)) for reason in one.reasons),
        )
        for one in found
    ]
    show_table(console_for(settings.color, os.environ), rows)
    click.echo(
        _(
            "Grades that would move: {moved} (up: {up}, down: {down}); that stay: {same}.",
            moved=len(found),
            up=up,
            down=down,
            same=_same(before, after, found),
        )
    )
