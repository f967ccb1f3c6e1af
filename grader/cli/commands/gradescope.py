"""`grade gradescope`: what a container of Gradescope runs for a submission; `grade export gradescope-zip` packs it."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from grader.cli.classes import asked_for
from grader.cli.commands.run import LEVEL
from grader.cli.handed_back import write_whole
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode, UsageError
from grader.grading.one import grade_one
from grader.grading.plan import make_plan
from grader.intake.archive import BadArchive, unpacked
from grader.intake.choose import Unclear, choose
from grader.intake.collect import LARGEST, take_in
from grader.intake.decode import as_text
from grader.intake.entries import Entry, TooMuch, in_folder
from grader.intake.inbox import Asked
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.model.observation import Level
from grader.report.gradescope import Examined, is_decided, results
from grader.report.view import for_student
from grader.sandbox.detect import detect
from grader.texts import translate, why

HOME = Path("/autograder")
QUOTA = Path("/sys/fs/cgroup/cpu.max")  # cgroup v2: microseconds of "quota" in each "period", or "max"
WAITING = say("not graded yet: the time of the container was over before")


@click.command("gradescope", short_help="Grade a submission in Gradescope's container.")
@click.option("--home", type=click.Path(path_type=Path), default=HOME, help="Where submission/ and results/ lie.")
@click.option("--exercise", "words", multiple=True, metavar="EX", help="Only this one; may be given several times.")
@click.option("--require-isolation", type=LEVEL, default=Level.USER.value, help="Refuse to grade with less (user).")
@global_options
@click.pass_context
def command(context: click.Context, home: Path, words: tuple[str, ...], require_isolation: str) -> ExitCode:
    """Grade HOME/submission and write HOME/results/results.json, a part of it after each exercise.

    Where no grade can be given, by our fault or because nothing could be decided, there is no results.json in the end:
    Gradescope says then that the autograder failed, and nobody gets a zero.
    """
    began = time.monotonic()
    settings = settings_of(context)
    demanded = Level(require_isolation)
    detect(demanded)
    asked = asked_for(words, settings)
    path = home / "results" / "results.json"
    path.unlink(missing_ok=True)
    examined: list[Examined] = [Examined(exercise=one.exercise, note=_said(settings)) for one in asked]
    for number, one in enumerate(_graded(home / "submission", asked, settings, demanded)):
        examined[number] = one
        made = results(examined, settings.language, time.monotonic() - began)
        write_whole(path, json.dumps(made, indent=1).encode("ascii"))
    if not is_decided(examined):
        path.unlink(missing_ok=True)
        told = ", ".join(f"{one.exercise.id}: {one.attempt.verdict.value}" for one in examined if one.attempt)
        said = say("no results.json: there is no grade ({verdicts}); run it again, or look at it", verdicts=told)
        click.echo(translate(said, settings.language), err=True)
        return ExitCode.GRADER_FAULT
    return ExitCode.ACCEPTED


def _said(settings: Settings) -> str:
    return translate(WAITING, settings.language)


def _graded(folder: Path, asked: Sequence[Asked], settings: Settings, demanded: Level) -> Iterator[Examined]:
    """Each exercise, one after the other, in a container of half a processor."""
    try:
        entries = unpacked(in_folder(folder))
    except (OSError, TooMuch, BadArchive, ValueError) as error:
        raise UsageError(say("{path} cannot be read: {reason}", path=str(folder), **why(error))) from error
    for one in asked:
        yield _examined(one, entries, settings, demanded, alone=len(asked) == 1)


def _examined(one: Asked, entries: Sequence[Entry], settings: Settings, demanded: Level, *, alone: bool) -> Examined:
    chosen = choose(one.exercise, entries, only_one_asked=alone)
    if isinstance(chosen, Unclear):
        return Examined(exercise=one.exercise, note=translate(chosen.message, settings.language))
    submission = take_in(chosen.read(LARGEST), chosen.origin, one.exercise, one.stub, own_syntax=one.own_syntax)
    exercise = _patient(one.exercise)
    plan = make_plan(exercise, submission, seed=None, python=settings.python, demanded=demanded)
    attempt = grade_one(plan, on_event=lambda _event: None, report_json=None)
    view = for_student(attempt, exercise, as_text(submission.source), settings.language)
    return Examined(exercise=exercise, attempt=attempt, view=view)


def _patient(exercise: Exercise) -> Exercise:
    """The exercise with longer deadlines where there is less than one processor."""
    limits = dataclasses.replace(exercise.limits, wall=exercise.limits.wall / min(1.0, processors()))
    return dataclasses.replace(exercise, limits=limits)


def processors(quota: Path = QUOTA) -> float:
    """How much of the processors the container may use: 0.5 is half of one; infinite where nobody says."""
    try:
        allowed, period = quota.read_text(encoding="ascii").split()
        return int(allowed) / int(period)
    except (OSError, ValueError, ZeroDivisionError):
        return float("inf")
