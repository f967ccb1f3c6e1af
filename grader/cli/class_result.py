"""What a person and a program are told of a graded class."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from grader.cli.book import Book
from grader.cli.classes import needs_human_rows, told_needs
from grader.cli.display import console_for, show_table
from grader.cli.handed_back import STUDENTS, TABLE
from grader.cli.options import Settings
from grader.model.attempt import Verdict
from grader.model.grade import Entry, NeedsHuman
from grader.report.sanitise import clean_line
from grader.report.wording import verdict_word
from grader.texts import speaker, translate

SCHEMA = "ipc-grader/batch/1"
MOST_NAMED = 10


def batch_document(entries: Sequence[Entry], needs: Sequence[NeedsHuman], seconds: float) -> dict[str, object]:
    """The document of `--json`."""
    attempts = [{**entry.document, "student": entry.student} for entry in entries if entry.document]
    return {
        "schema": SCHEMA,
        "attempts": attempts,
        "needs_human": needs_human_rows(needs),
        "elapsed_s": round(seconds, 3),
    }


def tell(book: Book, settings: Settings, page: Path) -> None:
    """A line per exercise of the run, what needs a human, where everything lies."""
    _ = speaker(settings.language)
    entries = book.latest
    exercises = sorted({entry.exercise for entry in entries})
    rows = [_row(exercise, [one for one in entries if one.exercise == exercise], settings) for exercise in exercises]
    show_table(console_for(settings.color, os.environ), rows)
    for line in told_needs(book.needs_human, settings.language):
        click.echo(line)
    if silent := book.silent:
        click.echo()
        names = ", ".join(map(clean_line, silent[:MOST_NAMED])) + (", …" if len(silent) > MOST_NAMED else "")
        click.echo(_("Handed in nothing ({count}): {names}", count=len(silent), names=names))
    click.echo()
    click.echo(_("Grades: {path}", path=str(book.folder / TABLE)))
    click.echo(_("Reports: {path}", path=str(book.folder / STUDENTS)))
    click.echo(_("The class: {path}", path=str(page)))


def _row(exercise: str, entries: Sequence[Entry], settings: Settings) -> tuple[str, ...]:
    _ = speaker(settings.language)
    counts = Counter(entry.verdict for entry in entries)
    told = [f"{counts[one]} {translate(verdict_word(one), settings.language)}" for one in Verdict if counts[one]]
    points = [entry.points for entry in entries if entry.points is not None]
    mean = _("{points} points on average", points=f"{sum(points) / len(points):.1f}") if points else ""
    return exercise, ", ".join(told), mean
