"""`grade verify`: whether the suite gives every solution the verdict that its author promises."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.authoring.matrix import legend, matrix
from grader.authoring.mutants import as_files, mutants_of, read_known, specimen_of
from grader.authoring.specimens import Kind, Specimen, solutions_root, specimens_of
from grader.authoring.survivors import survey, survey_document, survey_lines
from grader.authoring.tally import tally, verify_document
from grader.authoring.verify import Effort, Run, verify
from grader.cli.choose import all_exercises, exercise_named, root_of
from grader.cli.display import Counter, console_for
from grader.cli.options import Settings, global_options, settings_of
from grader.cli.work import FOLDER
from grader.errors import ExitCode, UsageError
from grader.grading.plan import elsewhere
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.sandbox.quota import attempts_at_once
from grader.texts import translate

OUT = Path(FOLDER) / "verify"
COUNT = click.IntRange(min=0)
POSITIVE = click.IntRange(min=1)


class Wishes(TypedDict):
    """The options of `grade verify`."""

    repeat: int
    load: int
    slots: int
    mutants: bool
    out: Path
    solutions: Path | None


@click.command("verify", short_help="Try the suites on all solutions.")
@click.argument("which", nargs=-1, metavar="[EX | EX/NAME]...")
@click.option("--repeat", type=POSITIVE, default=1, metavar="N", help="Grade each so often.")
@click.option("--load", type=COUNT, default=0, metavar="N", help="Keep the machine busy with N endless loops.")
@click.option("--jobs", "slots", type=POSITIVE, default=attempts_at_once, metavar="N", help="How many at once.")
@click.option("--mutants", is_flag=True, help="Break accepted solutions, and list what no check sees through.")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, help="Folder of the results (.grade/verify).")
@click.option("--solutions", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the solutions.")
@global_options
@click.pass_context
def command(context: click.Context, /, which: tuple[str, ...], **wishes: Unpack[Wishes]) -> ExitCode:
    """Grade the stub and every solution of the exercises, and compare with what each of them promises.

    EX/NAME tries those whose name contains NAME, like `ex03/rejected` or `ex03/no_lock`. What was graded before, with
    the same exercise, file and grader, is not graded again.

    With --mutants: break the accepted solutions in the ways that students do, and list what no check sees through.
    Those that are right all the same stand in `equivalent.toml` beside the solutions, with the reason.
    """
    settings = settings_of(context)
    chosen = _possible(_chosen(which, settings, wishes["solutions"]), settings)
    effort = Effort(
        out=wishes["out"],
        slots=wishes["slots"],
        repeat=wishes["repeat"],
        load=wishes["load"],
        python=settings.python,
    )
    whole = not any("/" in word for word in which)
    act = _try_mutants if wishes["mutants"] else _try_specimens
    return ExitCode.ACCEPTED if act(chosen, effort, settings, whole=whole) else ExitCode.NOT_ACCEPTED


def _try_specimens(chosen: tuple[Specimen, ...], effort: Effort, settings: Settings, *, whole: bool) -> bool:
    runs = _runs(chosen, effort, settings)
    tallies = [tally(exercise, chosen, runs, whole=whole) for exercise in _exercises(chosen)]
    if settings.json:
        click.echo(json.dumps(verify_document(tallies), indent=2))
    else:
        for told in tallies:
            click.echo("\n".join((*matrix(told, settings.language), "")))
        click.echo("\n".join(legend(settings.language)))
    return not any(one.deviates for one in tallies)


def _try_mutants(chosen: tuple[Specimen, ...], effort: Effort, settings: Settings, *, whole: bool) -> bool:
    surveys = []
    for exercise in _exercises(chosen):
        accepted = [one for one in chosen if one.exercise.id == exercise.id and one.kind is Kind.ACCEPTED]
        known = read_known(accepted)
        mutants = as_files(mutants_of(accepted, known), effort.out)
        runs = _runs(tuple(specimen_of(path, mutant) for path, mutant in mutants.items()), effort, settings)
        surveys.append(survey(exercise, mutants, runs, known if whole else ()))
    if settings.json:
        click.echo(json.dumps(survey_document(surveys), indent=2))
    else:
        click.echo("\n".join(line for one in surveys for line in survey_lines(one, settings.language)))
    return all(one.clean for one in surveys)


def _possible(chosen: tuple[Specimen, ...], settings: Settings) -> tuple[Specimen, ...]:
    """Those of exercises that can be graded here; why the others are not is said."""
    for exercise in _exercises(one for one in chosen if not one.exercise.is_for(sys.platform)):
        click.echo(translate(elsewhere(exercise), settings.language), err=True)
    return tuple(one for one in chosen if one.exercise.is_for(sys.platform))


def _exercises(chosen: Iterable[Specimen]) -> list[Exercise]:
    return list({one.exercise.id: one.exercise for one in chosen}.values())


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
    with Counter(
        len(chosen) * effort.repeat, console_for(settings.color, os.environ, sys.stderr), settings.language
    ) as counter:
        for run in verify(chosen, effort):
            runs.append(run)
            wrong = [f"{one.check or run.attempt.verdict}: {one.seen}" for one in run.deviations]
            if run.fresh or wrong:
                counter.note("; ".join((f"{run.specimen.name} #{run.repeat}", *wrong)))
            counter.advance()
    return runs
