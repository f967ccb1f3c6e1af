"""`grade batch`: the submissions of a class, graded on all cores, kept as they come."""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.cli.class_result import batch_document, tell, unsettled
from grader.cli.classes import asked_for, receive
from grader.cli.commands.run import LEVEL
from grader.cli.display import Counter, console_for
from grader.cli.handed_back import write_pages, write_table
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode, GraderFault
from grader.gradebook.store import Run, Store
from grader.grading.batch import Conditions, grade_class, plans_of
from grader.grading.plan import SEED_BELOW, available_cores
from grader.intake.inbox import LAYOUTS, Asked, Inbox
from grader.model.observation import Level
from grader.sandbox.detect import detect

OUT = Path("grades")
GRADEBOOK = "gradebook.db"
LEAST = Level.USER  # below it a stranger's code could reach the grades
POSITIVE = click.IntRange(min=1)


class Wishes(TypedDict):
    """The options of `grade batch`."""

    words: tuple[str, ...]
    layout: str
    roster: Path | None
    slots: int
    out: Path
    require_isolation: str | None
    resume: bool
    seed: int | None


@click.command("batch", short_help="Grade the submissions of a class.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", "words", multiple=True, metavar="EX", help="Only this one; may be given several times.")
@click.option("--layout", type=click.Choice(["auto", *LAYOUTS]), default="auto", help="How the files lie (auto).")
@click.option("--roster", type=click.Path(path_type=Path), metavar="CSV", help="Who is who.")
@click.option("--jobs", "slots", type=POSITIVE, default=available_cores, metavar="N", help="How many at once.")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, help="Folder of the grades (grades).")
@click.option("--require-isolation", type=LEVEL, help="Refuse to grade with weaker isolation (user).")
@click.option("--resume/--fresh", default=True, help="Do only what is due (default), or all again.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw the same numbers as another run.")
@global_options
@click.pass_context
def command(context: click.Context, /, submissions: Path, **wishes: Unpack[Wishes]) -> ExitCode:
    """Grade SUBMISSIONS, a folder or an archive as a learning platform hands it out.

    Results are kept as they come: after Ctrl-C the same command goes on where it stopped.
    """
    began = time.monotonic()
    settings = settings_of(context)
    how = Conditions(
        demanded=Level(wishes["require_isolation"] or LEAST), slots=wishes["slots"], python=settings.python
    )
    detect(how.demanded)
    asked = asked_for(wishes["words"], settings)
    inbox = receive(submissions, asked, layout=wishes["layout"], roster=wishes["roster"])
    with Store(wishes["out"] / GRADEBOOK) as store:
        run = _run(store, submissions, inbox, wishes)
        faults = _grade(store, run, inbox, asked, (how, settings, wishes["out"])) if inbox.submissions else {}
        grades = store.grades(run)
    write_table(grades, wishes["out"])
    needs = (*inbox.needs_human, *unsettled(grades, faults))
    if settings.json:
        click.echo(json.dumps(batch_document(grades, needs, time.monotonic() - began), indent=2))
    else:
        tell(grades, needs, settings, wishes["out"])
    return ExitCode.ACCEPTED if inbox.submissions else ExitCode.NOTHING_TO_GRADE


def _run(store: Store, source: Path, inbox: Inbox, wishes: Wishes) -> Run:
    """The last run on the same submissions, to go on with, or a new one."""
    place = str(source.resolve())
    last = store.last_run(place) if wishes["resume"] else None
    if last is not None and wishes["seed"] in {None, last.seed}:
        return last
    seed = secrets.randbelow(SEED_BELOW) if wishes["seed"] is None else wishes["seed"]
    return store.begin_run(started_at=time.time(), seed=seed, source=place, layout=inbox.layout)


def _grade(
    store: Store, run: Run, inbox: Inbox, asked: Sequence[Asked], how: tuple[Conditions, Settings, Path]
) -> dict[tuple[str, str], str]:
    """Grade what is due; what kept us from grading, by student and exercise."""
    conditions, settings, out = how
    planned = plans_of(inbox, {one.exercise.id: one.exercise for one in asked}, run, conditions)
    store.expect(run, planned, inbox.names)
    due = {plan.key for _, plan in planned if store.attempt(plan.key) is None}
    faults: dict[tuple[str, str], str] = {}
    with Counter(len(due), console_for(settings.color, os.environ, sys.stderr)) as counter:
        for graded in grade_class(planned, store, conditions.slots):
            write_pages(graded, out, inbox.names, settings.language)
            for submission in graded.submissions:
                if isinstance(graded.attempt, GraderFault):
                    faults |= {(student, submission.exercise): str(graded.attempt) for student in submission.students}
            counter.note(f"{graded.exercise.id}  {', '.join(graded.submissions[0].students)}")
            counter.advance()
    return faults
