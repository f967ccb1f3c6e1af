"""`grade inbox`: what a class handed in, without grading any of it."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import click

from grader.cli.classes import (
    asked_for,
    named,
    needs_human_rows,
    receive,
    strangers,
    told_needs,
    told_silent,
    told_unnamed,
)
from grader.cli.display import console_for, show_table
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode
from grader.intake.inbox import LAYOUTS, Inbox
from grader.model.grade import NeedsHuman
from grader.model.submission import Submission
from grader.report.sanitise import clean_line
from grader.texts import listed, speaker, translate

SCHEMA = "ipc-grader/inbox/1"


@click.command("inbox", short_help="Look through the submissions of a class.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", "words", multiple=True, metavar="EX", help="Only this one; may be given several times.")
@click.option("--layout", type=click.Choice(["auto", *LAYOUTS]), default="auto", help="How the files lie (auto).")
@click.option("--roster", type=click.Path(path_type=Path), metavar="CSV", help="Who is who.")
@global_options
@click.pass_context
def command(
    context: click.Context, submissions: Path, words: tuple[str, ...], layout: str, roster: Path | None
) -> ExitCode:
    """Show whose files were found in SUBMISSIONS, a folder or an archive, and what needs a human."""
    settings = settings_of(context)
    inbox, known = receive(submissions, asked_for(words, settings), layout=layout, roster=roster)
    needs = (*inbox.needs_human, *strangers(inbox.names, known))
    if settings.json:
        click.echo(json.dumps(_document(inbox, needs), indent=2))
    else:
        _tell(inbox, needs, settings)
        silent = [one.name for one in known.values() if one.id not in inbox.names]
        for line in (*told_silent(silent, settings.language), *told_unnamed(inbox, words, settings.language)):
            click.echo(line)
        if inbox.submissions:
            _next(context, submissions, roster, settings)
    return ExitCode.ACCEPTED if inbox.submissions else ExitCode.NOTHING_TO_GRADE


def _next(context: click.Context, submissions: Path, roster: Path | None, settings: Settings) -> None:
    """The command that grades what was shown."""
    layout, words = context.params["layout"], context.params["words"]
    options = [("--exercise", word) for word in words]
    options += [("--roster", str(roster))] if roster else []
    options += [("--layout", layout)] if layout != "auto" else []
    command = shlex.join(["grade", "batch", str(submissions), *(part for pair in options for part in pair)])
    click.echo()
    _ = speaker(settings.language)
    click.echo(_("Next: {command}", command=clean_line(command)))


def _document(inbox: Inbox, needs: Sequence[NeedsHuman]) -> dict[str, object]:
    found = [
        {
            "student": student,
            "name": inbox.names.get(student, student),
            "exercise": one.exercise,
            "file": one.origin,
            "late": one.late,
            "problems": [problem.code.value for problem in one.problems],
        }
        for one in inbox.submissions
        for student in one.students
    ]
    rows = needs_human_rows(needs)
    return {"schema": SCHEMA, "layout": inbox.layout, "submissions": found, "needs_human": rows}


def _whose(submission: Submission, inbox: Inbox, language: str) -> str:
    """Name and id of each owner; the id alone where it is the name."""
    return listed((named(student, inbox.names) for student in submission.students), language)


def _tell(inbox: Inbox, needs: Sequence[NeedsHuman], settings: Settings) -> None:
    _ = speaker(settings.language)
    click.echo(_("layout: {layout}", layout=inbox.layout))
    rows = (
        (
            _whose(one, inbox, settings.language),
            one.exercise,
            clean_line(PurePosixPath(one.origin).name),
            _("late") if one.late else "",
            _("; ").join(translate(problem.message, settings.language) for problem in one.problems),
        )
        for one in inbox.submissions
    )
    show_table(console_for(settings.color, os.environ), rows)
    for line in told_needs(needs, settings.language):
        click.echo(line)
