"""What a person and a program are told of a graded class."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from grader.cli.classes import needs_human_rows, told_needs
from grader.cli.display import console_for, show_table
from grader.cli.handed_back import STUDENTS, TABLE
from grader.cli.options import Settings
from grader.gradebook.store import Grade
from grader.intake.inbox import NeedsHuman
from grader.model.attempt import Verdict
from grader.model.message import say
from grader.report.wording import verdict_word
from grader.texts import speaker, translate

SCHEMA = "ipc-grader/batch/1"


def unsettled(grades: Sequence[Grade], faults: Mapping[tuple[str, str], str]) -> list[NeedsHuman]:
    """What has no grade: not graded by our fault (`faults` by student and exercise say why), or inconclusive."""
    found = []
    for grade in grades:
        verdict = _verdict(grade)
        if verdict is Verdict.NOT_GRADED:
            reason = faults.get((grade.student, grade.exercise), "")
            message = say("not graded, by a fault of the grader; run the same command again. {reason}", reason=reason)
        elif verdict is Verdict.INCONCLUSIVE:
            message = say("inconclusive: nothing was seen to be wrong, but there is not enough evidence for a pass")
        else:
            continue
        found.append(NeedsHuman(student=grade.student, name=grade.name, exercise=grade.exercise, message=message))
    return found


def batch_document(grades: Sequence[Grade], needs: Sequence[NeedsHuman], seconds: float) -> dict[str, object]:
    """The document of `--json`."""
    attempts = [{**grade.document, "student": grade.student} for grade in grades if grade.document]
    return {
        "schema": SCHEMA,
        "attempts": attempts,
        "needs_human": needs_human_rows(needs),
        "elapsed_s": round(seconds, 3),
    }


def tell(grades: Sequence[Grade], needs: Sequence[NeedsHuman], settings: Settings, out: Path) -> None:
    """A line per exercise, what needs a human, where everything lies."""
    _ = speaker(settings.language)
    exercises = sorted({grade.exercise for grade in grades})
    rows = [_row(exercise, [one for one in grades if one.exercise == exercise], settings) for exercise in exercises]
    show_table(console_for(settings.color, os.environ), rows)
    for line in told_needs(needs, settings.language):
        click.echo(line)
    click.echo()
    click.echo(_("Grades: {path}", path=str(out / TABLE)))
    click.echo(_("Reports: {path}", path=str(out / STUDENTS)))


def _row(exercise: str, grades: Sequence[Grade], settings: Settings) -> tuple[str, ...]:
    _ = speaker(settings.language)
    counts = Counter(_verdict(grade) for grade in grades)
    told = [f"{counts[one]} {translate(verdict_word(one), settings.language)}" for one in Verdict if counts[one]]
    points = [grade.document["points"] for grade in grades if grade.document and grade.document["points"] is not None]
    mean = _("{points} points on average", points=f"{sum(points) / len(points):.1f}") if points else ""
    return exercise, ", ".join(told), mean


def _verdict(grade: Grade) -> Verdict:
    return Verdict(grade.document["verdict"]) if grade.document else Verdict.NOT_GRADED
