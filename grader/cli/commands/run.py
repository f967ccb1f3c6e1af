"""`grade run`: one file, one exercise, one verdict."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.cli.choose import completed, exercise_named, is_own, next_unsolved
from grader.cli.course_progress import tell_standing
from grader.cli.display import Progress, console_for, show_attempt
from grader.cli.options import Settings, global_options, settings_of
from grader.cli.results import PAGE, PYTEST, Results, prepare
from grader.cli.work import FOLDER, Work
from grader.course.texts import read_stub
from grader.errors import ExitCode
from grader.intake.collect import collect
from grader.intake.decode import as_text
from grader.model.attempt import Attempt, Verdict
from grader.model.exercise import Exercise
from grader.model.observation import Level
from grader.model.submission import ProblemCode, Submission
from grader.sandbox.detect import detect
from grader.suite.examiners import Start, cold
from grader.texts import translate

EXIT_CODES = {
    Verdict.ACCEPTED: ExitCode.ACCEPTED,
    Verdict.PARTIAL: ExitCode.NOT_ACCEPTED,
    Verdict.REJECTED: ExitCode.NOT_ACCEPTED,
    Verdict.UNGRADABLE: ExitCode.UNGRADABLE,
    Verdict.NOT_GRADED: ExitCode.GRADER_FAULT,
    Verdict.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}
# Bare `grade` does not examine what nobody has written: it says what comes next.
NOT_BEGUN = {ProblemCode.MISSING: ExitCode.UNGRADABLE, ProblemCode.NOT_STARTED: ExitCode.NOT_ACCEPTED}
WATCHED = "grader.watched"  # in the context of `grade watch`: its keys do what is a command elsewhere
START = "grader.start"  # there, too: how it has examiners started
LEVEL = click.Choice([level.value for level in Level])


class Wishes(TypedDict):
    """The options of `grade run`."""

    require_isolation: str | None
    seed: int | None
    report: bool
    out: Path


@click.command("run", short_help="Grade your file.")
@click.argument("exercise", required=False, shell_complete=completed)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--require-isolation", type=LEVEL, help="Refuse to run with weaker isolation.")
@click.option("--seed", type=click.IntRange(min=0), help="Draw the same numbers as an earlier attempt.")
@click.option("--report/--no-report", default=True, help="Write report.html (default) or not.")
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, /, exercise: str | None, file: Path | None, **wishes: Unpack[Wishes]) -> ExitCode:
    """Grade FILE (default: `ex03.py` here) as EXERCISE (default: the next one you have not solved)."""
    settings, work = settings_of(context), Work(wishes["out"])
    chosen = _choose(exercise, settings, work)
    if chosen is None:
        if settings.json:
            click.echo(translate("Every exercise is solved.", settings.language), err=True)
        else:
            tell_standing(settings, work)
        return ExitCode.ACCEPTED
    demanded = Level(wishes["require_isolation"] or Level.NONE)
    if demanded is not Level.NONE:
        detect(demanded)
    path = file or Path(chosen.file_name)
    submission = _take_in(chosen, path, settings)
    along_the_course = exercise is None and not settings.json
    if along_the_course and submission.blocked_by and submission.blocked_by.code in NOT_BEGUN:
        tell_standing(settings, work)
        return NOT_BEGUN[submission.blocked_by.code]
    with ThreadPoolExecutor(1) as beside, work.next_attempt(chosen.id, own=is_own(path, chosen)) as folder:
        if wishes["report"]:
            beside.submit(prepare)
        how = _How(seed=wishes["seed"], demanded=demanded, start=context.meta.get(START, cold))
        attempt = _grade(chosen, submission, settings, how, folder)
        results = Results(
            attempt=attempt, exercise=chosen, source=as_text(submission.source), language=settings.language
        )
        results.write(folder, page=wishes["report"])
    if settings.json:
        click.echo(results.json())
    else:
        page = work.last_folder(chosen.id) / PAGE if wishes["report"] else None
        watched = bool(context.meta.get(WATCHED))
        show_attempt(results.view(watched=watched), console_for(settings.color, os.environ), page)
        if along_the_course:
            click.echo()
            tell_standing(settings, work, graded=chosen.id)
    return EXIT_CODES[attempt.verdict]


def _choose(word: str | None, settings: Settings, work: Work) -> Exercise | None:
    if word is None:
        return next_unsolved(settings, work)
    from grader.cli.main import COMMANDS

    return exercise_named(word, settings, also=tuple(COMMANDS))


def _take_in(exercise: Exercise, file: Path, settings: Settings) -> Submission:
    return collect(file, exercise, read_stub(exercise.folder), own_syntax=settings.python is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """What the person at the keyboard, or a command above, wants of an attempt."""

    seed: int | None
    demanded: Level
    start: Start


def _grade(exercise: Exercise, submission: Submission, settings: Settings, how: _How, folder: Path) -> Attempt:
    from grader.grading.one import grade_one
    from grader.grading.plan import make_plan

    plan = make_plan(exercise, submission, seed=how.seed, python=settings.python, demanded=how.demanded)
    with Progress(exercise, settings.language, console_for(settings.color, os.environ, sys.stderr)) as progress:
        return grade_one(plan, on_event=progress, report_json=folder / PYTEST, start=how.start)
