"""What a person and a program are told of a graded class."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from grader.cli.book import Book
from grader.cli.classes import needs_human_rows, told_needs, told_silent
from grader.cli.display import console_for, show_table
from grader.cli.handed_back import STUDENTS, TABLE
from grader.cli.options import Settings
from grader.model.attempt import Verdict
from grader.model.grade import Entry, NeedsHuman, Run
from grader.report.wording import verdict_word
from grader.texts import listed, speaker, translate

SCHEMA = "ipc-grader/batch/1"


def batch_document(entries: Sequence[Entry], needs: Sequence[NeedsHuman], seconds: float) -> dict[str, object]:
    """The document of `--json`."""
    attempts = [{**entry.document, "student": entry.student} for entry in entries if entry.document]
    return {
        "schema": SCHEMA,
        "attempts": attempts,
        "needs_human": needs_human_rows(needs),
        "elapsed_s": round(seconds, 3),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one command did: files that were planned, graded now and graded before; why what is missing is missing.

    The same bytes of several students are one of the `attempts`; `shared` of those kept are new, but another student's
    file was graded before that is the same.
    """

    run: Run
    files: int
    graded: int
    attempts: int
    kept: int
    shared: int
    faults: Mapping[tuple[str, str], str]


def tell(book: Book, settings: Settings, page: Path, done: Done) -> None:
    """What was done, a line per exercise of the run, what needs a human, where everything lies."""
    _ = speaker(settings.language)
    click.echo(_("Files: {files}; graded now: {graded}, kept: {kept}.", **_numbers(done)))
    if done.attempts < done.graded:
        click.echo(_("Attempts: {attempts}, as the same file of several students is graded once.", **_numbers(done)))
    if done.shared:
        click.echo(_("Kept though new: {shared}, the same as a file of another student's.", **_numbers(done)))
    entries = book.latest(done.run)
    exercises = sorted({entry.exercise for entry in entries})
    rows = [_row(exercise, entries, book, settings) for exercise in exercises]
    show_table(console_for(settings.color, os.environ), rows)
    for line in (*told_needs(book.needs_human, settings.language), *told_silent(book.silent, settings.language)):
        click.echo(line)
    tell_timeless(book, settings)
    click.echo()
    click.echo(_("Grades: {path}", path=str(book.folder / TABLE)))
    click.echo(_("Reports: {path}", path=str(book.folder / STUDENTS)))
    click.echo(_("The class: {path}", path=str(page)))
    if done.run.id > 1 and done.run == book.run:
        before, after = (f"{book.folder}@{run.id}" for run in book.runs[-2:])
        click.echo(_("Whose grade has moved: grade compare {before} {after}", before=before, after=after))


def tell_timeless(book: Book, settings: Settings) -> None:
    """That deadlines have no effect where nobody knows when a file came."""
    _ = speaker(settings.language)
    if book.timeless:
        click.echo()
        click.echo(
            _(
                "Files whose hand-in time is not known: {count}. The deadlines say nothing about them: of all layouts"
                " only Gradescope's tells it (Canvas tells who is late).",
                count=book.timeless,
            )
        )


def _numbers(done: Done) -> dict[str, int]:
    return {name: getattr(done, name) for name in ("files", "graded", "attempts", "kept", "shared")}


def _row(exercise: str, entries: Sequence[Entry], book: Book, settings: Settings) -> tuple[str, ...]:
    """How the files of the run came out, and what their owners get on average: late days and a human's word count."""
    _ = speaker(settings.language)
    counts = Counter(entry.verdict for entry in entries if entry.exercise == exercise)
    told = [f"{counts[one]} {translate(verdict_word(one), settings.language)}" for one in Verdict if counts[one]]
    finals = [one.final for one in book.grades if one.exercise == exercise and one.final is not None]
    mean = _("{points} points on average", points=f"{sum(finals) / len(finals):.1f}") if finals else ""
    return exercise, listed(told, settings.language), mean
