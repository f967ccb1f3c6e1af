"""`grade batch`: the submissions of a class, graded on all cores, kept as they come."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.cli.book import GRADEBOOK, read_book
from grader.cli.choose import root_of
from grader.cli.class_report import write_class_page
from grader.cli.class_result import Done, batch_document, tell
from grader.cli.classes import asked_for, named, receive, told_unnamed
from grader.cli.commands.run import LEVEL
from grader.cli.display import Counter, console_for
from grader.cli.handed_back import Pages, bring_up_to_date, write_table
from grader.cli.options import Settings, global_options, settings_of
from grader.course.read import read_policy
from grader.errors import ExitCode, GraderFault
from grader.gradebook.store import Store
from grader.grading.batch import Conditions, Graded, begins_another, due, grade_class, plans_of
from grader.grading.executors import LOCAL, runner_for
from grader.grading.plan import SEED_BELOW
from grader.intake.inbox import LAYOUTS, Asked, Inbox
from grader.model.attempt import Attempt, Outcome, Verdict
from grader.model.grade import Run
from grader.model.message import say
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.sandbox.detect import detect
from grader.sandbox.quota import attempts_at_once
from grader.texts import listed, translate

OUT = Path("grades")
LEAST = Level.USER  # below it a stranger's code could reach the grades
KEPT = say("what was graded is kept, and the same command goes on where it stopped")
Planned = Sequence[tuple[Submission, Plan]]
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
    executor: str
    repeat: int
    anonymise: bool
    seed: int | None


@click.command("batch", short_help="Grade the submissions of a class.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", "words", multiple=True, metavar="EX", help="Only this one; may be given several times.")
@click.option("--layout", type=click.Choice(["auto", *LAYOUTS]), default="auto", help="How the files lie (auto).")
@click.option("--roster", type=click.Path(path_type=Path), metavar="CSV", help="Who is who.")
@click.option("--jobs", "slots", type=POSITIVE, default=attempts_at_once, metavar="N", help="How many at once.")
@click.option("--executor", default=LOCAL, metavar="WHERE", help="local, or dask://HOST:PORT for a cluster.")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, help="Folder of the grades (grades).")
@click.option("--require-isolation", type=LEVEL, help="Refuse to grade with weaker isolation (user).")
@click.option("--resume/--fresh", default=True, help="Do only what is due (default), or all again.")
@click.option("--repeat", type=POSITIVE, default=1, metavar="N", help="Grade each N times: does it come out the same?")
@click.option("--anonymise", is_flag=True, help="No names on the page about the class.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw the same numbers as another run.")
@global_options
@click.pass_context
def command(context: click.Context, /, submissions: Path, **wishes: Unpack[Wishes]) -> ExitCode:
    """Grade SUBMISSIONS, a folder or an archive as a learning platform hands it out.

    Results are kept as they come: after Ctrl-C, or when the disk was full, the same command goes on where it stopped.
    When all was graded, a command that finds other files begins the next run, as --fresh does; see `grade compare`.
    """
    began = time.monotonic()
    settings = settings_of(context)
    how = Conditions(
        demanded=Level(wishes["require_isolation"] or LEAST), slots=wishes["slots"], python=settings.python
    )
    if wishes["executor"] == LOCAL:
        detect(how.demanded)  # a cluster's workers look for themselves
    read_policy(root_of(settings), wishes["out"])  # a mistake in it is told before an hour of grading, not after
    asked = asked_for(wishes["words"], settings)
    inbox, roster = receive(submissions, asked, layout=wishes["layout"], roster=wishes["roster"])
    with Store(wishes["out"] / GRADEBOOK) as store:
        run, planned = _planned(store, submissions, inbox, asked, (how, wishes))
        if wishes["roster"] is not None:
            store.know(roster.values())
        done = _grade(store, run, inbox, planned, (how, settings, wishes))
        store.leave_to_humans(run, inbox.needs_human, [one.exercise.id for one in asked])
        # Of the newest run, also when an older one was gone on with: a state of the past has files of its own.
        book = read_book(store, wishes["out"], store.runs()[-1], settings, done.faults)
        bring_up_to_date(book, store, settings)
        page = write_class_page(book, store, settings, anonymise=wishes["anonymise"])
    write_table(book)
    if settings.json:
        click.echo(json.dumps(batch_document(book.latest(run), book.needs_human, time.monotonic() - began), indent=2))
    else:
        tell(book, settings, page, done)
        for line in told_unnamed(inbox, wishes["words"], settings.language):
            click.echo(line)
    if done.faults:
        return ExitCode.GRADER_FAULT
    return ExitCode.ACCEPTED if inbox.submissions else ExitCode.NOTHING_TO_GRADE


def _planned(
    store: Store, source: Path, inbox: Inbox, asked: Sequence[Asked], how: tuple[Conditions, Wishes]
) -> tuple[Run, Planned]:
    """What shall be done, and in which run: one that had come to its end is followed by another of the same seed."""
    conditions, wishes = how
    run = _run(store, source, inbox, wishes)
    planned = plans_of(inbox, {one.exercise.id: one.exercise for one in asked}, run, conditions)
    if begins_another(planned, store, run):
        run = store.begin_run(started_at=time.time(), seed=run.seed, source=run.source, layout=inbox.layout)
    return run, planned


def _run(store: Store, source: Path, inbox: Inbox, wishes: Wishes) -> Run:
    """The last run on the same submissions, to go on with, or a new one."""
    place = str(source.resolve())
    last = store.last_run(place) if wishes["resume"] else None
    if last is not None and wishes["seed"] in {None, last.seed}:
        return last
    seed = secrets.randbelow(SEED_BELOW) if wishes["seed"] is None else wishes["seed"]
    return store.begin_run(started_at=time.time(), seed=seed, source=place, layout=inbox.layout)


def _fault_of(attempt: Attempt | GraderFault) -> str:
    """Why there is no grade, "" if there is one."""
    if isinstance(attempt, GraderFault):
        return str(attempt)
    errors = [str(result.message) for result in attempt.results if result.outcome is Outcome.ERROR]
    return errors[0] if errors and attempt.verdict is Verdict.NOT_GRADED else ""


@contextlib.contextmanager
def _telling_what_stays(language: str) -> Iterator[None]:
    """After Ctrl-C, that nothing is lost."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(translate(KEPT, language), err=True)
        raise


def _grade(store: Store, run: Run, inbox: Inbox, planned: Planned, how: tuple[Conditions, Settings, Wishes]) -> Done:
    """Grade what is due."""
    conditions, settings, wishes = how
    run_plans = runner_for(wishes["executor"], conditions.slots)
    known = store.handed_in()
    store.expect(run, planned, inbox.names)
    wanted = due(planned, store, wishes["repeat"])
    faults: dict[tuple[str, str], str] = {}
    missing = {plan.key for plan, repeat in wanted if not repeat}
    fresh: set[str] = set()
    pages = Pages(out=wishes["out"], names=inbox.names, language=settings.language)
    console = console_for(settings.color, os.environ, sys.stderr)
    with Counter(len(wanted), console, settings.language) as counter, _telling_what_stays(settings.language):
        for graded in grade_class(planned, store, run_plans, wishes["repeat"]):
            pages.write(graded)
            if why := _fault_of(graded.attempt):
                owners = [(one, students) for one in graded.submissions for students in one.students]
                faults |= {(student, submission.exercise): why for submission, student in owners}
            elif not graded.repeat:
                fresh.add(graded.plan_key)
            counter.note(f"{graded.exercise.id}  {listed(_owners(graded, inbox), settings.language)}")
            counter.advance()
    return Done(
        run=run,
        files=len(planned),
        graded=sum(plan.key in fresh for _, plan in planned),
        attempts=len(fresh),
        kept=sum(plan.key not in missing for _, plan in planned),
        shared=sum(plan.key not in missing and is_new(submission, known) for submission, plan in planned),
        faults=faults,
    )


def is_new(submission: Submission, known: Collection[tuple[str, str, str]]) -> bool:
    """Whether nobody of its students has handed it in before."""
    return all((student, submission.exercise, submission.digest) not in known for student in submission.students)


def _owners(graded: Graded, inbox: Inbox) -> list[str]:
    """Whose attempt it is: all who handed in the same bytes."""
    students = [one for submission in graded.submissions for one in submission.students]
    return [named(student, inbox.names) for student in students]
