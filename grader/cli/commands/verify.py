"""`grade verify`: whether the suite gives every solution the verdict that its author promises."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.authoring.matrix import legend, matrix
from grader.authoring.specimens import Specimen, solutions_root, specimens_of
from grader.authoring.tally import Tally, tally, verify_document
from grader.authoring.verify import Effort, Run, verify
from grader.cli.choose import all_exercises, exercise_named, root_of
from grader.cli.display import Counter, console_for
from grader.cli.options import Settings, global_options, settings_of
from grader.cli.work import FOLDER
from grader.errors import ExitCode, UsageError
from grader.grading.plan import available_cores
from grader.model.message import say

OUT = Path(FOLDER) / "verify"
COUNT = click.IntRange(min=0)
POSITIVE = click.IntRange(min=1)


class Wishes(TypedDict):
    """The options of `grade verify`."""

    repeat: int
    load: int
    slots: int
    out: Path
    solutions: Path | None


@click.command("verify", short_help="Try the suites on all solutions.")
@click.argument("which", nargs=-1, metavar="[EX | EX/NAME]...")
@click.option("--repeat", type=POSITIVE, default=1, metavar="N", help="Grade each so often.")
@click.option("--load", type=COUNT, default=0, metavar="N", help="Keep the machine busy with N endless loops.")
@click.option("--jobs", "slots", type=POSITIVE, default=available_cores, metavar="N", help="How many at once.")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, help="Folder of the results (.grade/verify).")
@click.option("--solutions", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the solutions.")
@global_options
@click.pass_context
def command(context: click.Context, /, which: tuple[str, ...], **wishes: Unpack[Wishes]) -> ExitCode:
    """Grade the stub and every solution of the exercises, and compare with what each of them promises.

    EX/NAME tries those whose name contains NAME, like `ex03/rejected` or `ex03/no_lock`. What was graded before, with
    the same exercise, file and grader, is not graded again.
    """
    settings = settings_of(context)
    chosen = _chosen(which, settings, wishes["solutions"])
    effort = Effort(
        out=wishes["out"],
        slots=wishes["slots"],
        repeat=wishes["repeat"],
        load=wishes["load"],
        python=settings.python,
    )
    runs = _runs(chosen, effort, settings)
    exercises = {one.exercise.id: one.exercise for one in chosen}.values()
    whole = not any("/" in word for word in which)
    tallies = [tally(exercise, chosen, runs, whole=whole) for exercise in exercises]
    _tell(tallies, settings)
    return ExitCode.NOT_ACCEPTED if any(one.deviates for one in tallies) else ExitCode.ACCEPTED


def _chosen(which: tuple[str, ...], settings: Settings, solutions: Path | None) -> tuple[Specimen, ...]:
    home = solutions_root(root_of(settings), solutions)
    if not which:
        return tuple(one for exercise in all_exercises(settings) for one in specimens_of(exercise, home))
    found: dict[Path, Specimen] = {}
    for word in which:
        exercise, _, part = word.partition("/")
        chosen = exercise_named(exercise, settings)
        named = {one.path: one for one in specimens_of(chosen, home) if f"/{part}" in one.name or part in one.path.stem}
        if not named:
            raise UsageError(say("no solution of {exercise} is called {name}", exercise=chosen.id, name=part))
        found |= named
    return tuple(found.values())


def _runs(chosen: tuple[Specimen, ...], effort: Effort, settings: Settings) -> list[Run]:
    runs = []
    with Counter(len(chosen) * effort.repeat, console_for(settings.color, os.environ, sys.stderr)) as counter:
        for run in verify(chosen, effort):
            runs.append(run)
            wrong = [f"{one.check or run.attempt.verdict}: {one.seen}" for one in run.deviations]
            if run.fresh or wrong:
                counter.note("; ".join((f"{run.specimen.name} #{run.repeat}", *wrong)))
            counter.advance()
    return runs


def _tell(tallies: list[Tally], settings: Settings) -> None:
    if settings.json:
        click.echo(json.dumps(verify_document(tallies), indent=2))
        return
    for told in tallies:
        for line in matrix(told, settings.language):
            click.echo(line)
        click.echo()
    for line in legend(settings.language):
        click.echo(line)
