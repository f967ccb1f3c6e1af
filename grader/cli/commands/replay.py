"""`grade replay`: the failing schedule of the last attempt, executed again and shown step by step."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import Any, TypedDict, Unpack

import click

from grader.cli.choose import exercise_named, next_unsolved
from grader.cli.options import Settings, global_options, settings_of
from grader.cli.work import FOLDER, Work
from grader.course.texts import read_stub
from grader.errors import ExitCode, UsageError
from grader.intake.collect import collect
from grader.model.attempt import CheckResult, Outcome
from grader.model.exercise import Exercise
from grader.model.message import Message, say
from grader.model.plan import Plan, Retrace
from grader.model.witness import NoWitness, Witness, witness_of
from grader.texts import why

SCHEMA = "ipc-grader/replay/1"
Entry = dict[str, Any]


class Wishes(TypedDict):
    """The options of `grade replay`."""

    file: Path | None
    at_once: bool
    trace: Path | None
    out: Path


@click.command("replay", short_help="Execute the failing schedule again, step by step.")
@click.argument("exercise", required=False)
@click.argument("check", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="Your file (default: `ex03.py` here).")
@click.option("--all", "at_once", is_flag=True, help="Show all steps at once; else Enter shows the next one.")
@click.option("--trace", type=click.Path(path_type=Path), help="Write the steps for ui.perfetto.dev.")
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, /, exercise: str | None, check: str | None, **wishes: Unpack[Wishes]) -> ExitCode:
    """Execute the schedule at which CHECK of EXERCISE failed in your last attempt, and show who does what."""
    from grader.grading.one import replay

    settings, work = settings_of(context), Work(wishes["out"])
    chosen = _exercise(exercise, settings, work)
    document = work.last_document(chosen.id) or _no_attempt(chosen)
    entry = _chosen(_replayable(document, chosen), chosen, check)
    plan = _plan(chosen, wishes["file"] or Path(chosen.file_name), settings, document, entry)
    result = replay(plan)
    if wishes["trace"]:
        _write_trace(result.witness, wishes["trace"])
    same = (result.outcome.value, str(result.message)) == (entry["outcome"], entry["message"])
    changed = plan.key != document.get("plan_key")
    if settings.json:
        click.echo(json.dumps(_document(plan, result, same=same, changed=changed), indent=2))
    else:
        _show(plan, result, settings, _conclusion(result, same=same, changed=changed), at_once=wishes["at_once"])
    return {Outcome.PASSED: ExitCode.ACCEPTED, Outcome.INCONCLUSIVE: ExitCode.INCONCLUSIVE}.get(
        result.outcome, ExitCode.NOT_ACCEPTED
    )


def _exercise(word: str | None, settings: Settings, work: Work) -> Exercise:
    latest = word or work.latest()
    if latest is None:
        following = next_unsolved(settings, work)
        hint = say("`grade {exercise}` makes one", exercise=following.id if following else "ex03")
        raise UsageError(say("there is no attempt yet"), hint=hint)
    return exercise_named(latest, settings)


def _no_attempt(exercise: Exercise) -> Entry:
    raise UsageError(
        say("there is no attempt at {exercise} yet", exercise=exercise.id),
        hint=say("`grade {exercise}` makes one", exercise=exercise.id),
    )


def _replayable(document: Entry, exercise: Exercise) -> dict[str, Entry]:
    """The checks of `attempt.json` that have a witness, as far as nobody has spoilt the file."""
    declared = {check.id for check in exercise.checks}
    found = {}
    for entry in document.get("checks") or ():
        try:
            if entry["id"] in declared and witness_of(entry["witness"] or "") and int(document["seed"]) >= 0:
                found[entry["id"]] = entry
        except (NoWitness, KeyError, TypeError, ValueError, AttributeError):
            continue
    return found


def _chosen(found: dict[str, Entry], exercise: Exercise, word: str | None) -> Entry:
    if not found:
        raise UsageError(
            say("no check of {exercise} failed at a schedule that could be replayed", exercise=exercise.id),
            hint=say("what was seen in a free run can be tried again with `grade {exercise}`", exercise=exercise.id),
        )
    numbers = {check.id: str(number) for number, check in enumerate(exercise.checks, start=1)}
    for name, entry in found.items():
        if word in {None, name, numbers[name]}:
            return entry
    raise UsageError(
        say("{check} did not fail at a schedule that could be replayed", check=repr(word)),
        hint=say("these did: {checks}", checks=", ".join(found)),
    )


def _plan(exercise: Exercise, file: Path, settings: Settings, document: Entry, entry: Entry) -> Plan:
    from grader.grading.plan import make_plan

    submission = collect(file, exercise, read_stub(exercise.folder), own_syntax=settings.python is None)
    if submission.blocked_by:
        raise UsageError(submission.blocked_by.message, hint=say("name your file with --file PATH"))
    plan = make_plan(exercise, submission, seed=int(document["seed"]), python=settings.python, demanded=None)
    return dataclasses.replace(plan, retrace=Retrace(check=entry["id"], witness=witness_of(entry["witness"])))


def _conclusion(result: CheckResult, *, same: bool, changed: bool) -> list[Message]:
    told = [say("Your file (or the exercise) has changed since that attempt.")] if changed else []
    if result.outcome is Outcome.PASSED:
        told.append(say("It did not fail this time. `grade` tries all other schedules, too."))
    elif result.outcome is Outcome.INCONCLUSIVE:
        told.append(say("It could not be replayed."))
    elif same:
        told.append(say("It failed again, in the same way."))
    else:
        told.append(say("It failed again, but not in the same way as before."))
    return [*told, *([result.message] if result.message and result.outcome is not Outcome.PASSED else [])]


def _document(plan: Plan, result: CheckResult, *, same: bool, changed: bool) -> Entry:
    return {
        "schema": SCHEMA,
        "exercise": plan.exercise.id,
        "check": result.check,
        "changed": changed,
        "same": same,
        "outcome": result.outcome.value,
        "message": str(result.message) if result.message else None,
        "witness": str(result.witness) if result.witness else None,
    }


def _show(plan: Plan, result: CheckResult, settings: Settings, conclusion: list[Message], *, at_once: bool) -> None:
    from grader.cli.display import console_for, next_step
    from grader.report.pen import Pen
    from grader.report.walk import go_on, tell

    looked_at = sys.stdin.isatty() and sys.stdout.isatty()
    tell(
        (plan, result, conclusion),
        Pen(console_for(settings.color, os.environ)),
        settings.language,
        pause=next_step(settings.language) if looked_at and not at_once else go_on,
    )


def _write_trace(witness: Witness | None, path: Path) -> None:
    from grader.report.trace_json import trace

    try:
        path.write_text(json.dumps(trace(witness or Witness(schedule=(), steps=()))) + "\n", encoding="ascii")
    except OSError as error:
        raise UsageError(say("{file} cannot be written: {reason}", file=str(path), **why(error))) from error
