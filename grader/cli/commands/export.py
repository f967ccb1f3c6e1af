"""`grade export`: the grades of a class in the form that another system reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from grader.cli.book import Book, gradebook_at, read_book
from grader.cli.choose import all_exercises, exercise_named, root_of
from grader.cli.commands.run import LEVEL
from grader.cli.handed_back import TABLE, table_of, write_whole
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode, UsageError
from grader.model.exercise import Exercise
from grader.model.message import say, several
from grader.model.observation import Level
from grader.report.csv_patch import NotCsv, read_table
from grader.report.grades_jsonl import grades_jsonl
from grader.report.junit import class_junit
from grader.report.lms_csv import Filled, Points, fill_canvas, fill_moodle
from grader.report.sanitise import clean_line
from grader.texts import speaker, translate, why

SCHEMA = "ipc-grader/export/1"
LARGEST = 64 * 1024 * 1024
FILES = {"csv": TABLE, "jsonl": "grades.jsonl", "junit": "junit.xml", "canvas": "canvas.csv", "moodle": "moodle.csv"}
ZIP = "gradescope-zip"
PLATFORMS = ("canvas", "moodle")


class Wishes(TypedDict):
    """The options of `grade export`."""

    template: Path | None
    words: tuple[str, ...]
    columns: tuple[str, ...]
    scale: bool | None
    out: Path | None
    require_isolation: str


@click.command("export", short_help="Write grades as another system reads them.")
@click.argument("form", metavar="FORMAT", type=click.Choice([*FILES, ZIP]))
@click.argument("where", metavar="[RUN]", default="grades")
@click.option("--template", type=click.Path(path_type=Path), metavar="CSV", help="The table that you exported.")
@click.option("--exercise", "words", multiple=True, metavar="EX", help="Only this one; may be given several times.")
@click.option("--column", "columns", multiple=True, metavar="EX=TITLE", help="Canvas: the column of an exercise.")
@click.option("--scale/--no-scale", default=None, help="Convert points where the platform's maximum differs, or not.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to (beside the gradebook).")
@click.option("--require-isolation", type=LEVEL, default=Level.USER.value, help="gradescope-zip: refuse less (user).")
@global_options
@click.pass_context
def command(context: click.Context, /, form: str, where: str, **wishes: Unpack[Wishes]) -> ExitCode:
    """Write the grades of RUN (`grades`) as csv, jsonl, junit, canvas or moodle; or a gradescope-zip, without RUN.

    For canvas and moodle, name the table that you exported there with --template: a copy of it is filled in, in its
    own encoding, and nothing but the points is changed.
    """
    settings = settings_of(context)
    chosen = [exercise_named(word, settings) for word in wishes["words"]] or list(all_exercises(settings))
    if form == ZIP:
        return _zip(chosen, settings, wishes)
    with gradebook_at(where) as (store, folder, run):
        book = read_book(store, folder, run, settings)
    out = wishes["out"] or book.beside(FILES[form])
    filled = _filled(form, book, chosen, wishes)
    write_whole(out, filled.content)
    _tell(form, out, filled, settings)
    return ExitCode.ACCEPTED


def _filled(form: str, book: Book, chosen: Sequence[Exercise], wishes: Wishes) -> Filled:
    ids = {exercise.id for exercise in chosen} if wishes["words"] else book.exercises
    grades = [grade for grade in book.grades if grade.exercise in ids]
    if form in PLATFORMS:
        return _platform(form, book, chosen, wishes)
    if form == "csv":
        content = table_of(book, ids)
    elif form == "jsonl":
        content = grades_jsonl([*grades, *(one for one in book.gaps if one.exercise in ids)])
    else:
        content = class_junit(grades)
    return Filled(content=content, written=len(grades), changed=0, left=())


def _platform(form: str, book: Book, chosen: Sequence[Exercise], wishes: Wishes) -> Filled:
    path = wishes["template"]
    if path is None:
        raise UsageError(
            say("--template is missing"),
            hint=say("export the table of grades from the platform, and name that file: only its points are changed"),
        )
    graded = {grade.exercise for grade in book.grades}
    exercises = [exercise for exercise in chosen if exercise.id in graded]
    points = _points(book, exercises)
    try:
        with path.open("rb") as file:
            table = read_table(file.read(LARGEST))
        if form == "canvas":
            return fill_canvas(table, points, exercises, _columns(wishes["columns"]), scale=wishes["scale"])
    except (OSError, NotCsv) as error:
        raise UsageError(say("{path} cannot be read: {reason}", path=str(path), **why(error))) from error
    if len(exercises) != 1:
        known = several("ids", [one.id for one in exercises] or ["-"])
        raise UsageError(
            say("a worksheet of Moodle is about one exercise"),
            hint=say("name it, like --exercise ex03; there are: {ids}", **known),
        )
    return fill_moodle(table, points, exercises[0].id, scale=wishes["scale"])


def _points(book: Book, exercises: Sequence[Exercise]) -> Points:
    most = {exercise.id: exercise.max_points for exercise in exercises}
    of: dict[str, dict[str, float | None]] = {}
    for grade in book.grades:
        if grade.exercise in most:
            of.setdefault(grade.student, {})[grade.exercise] = grade.final
    unclear = {(one.student, one.exercise): one.unclear for one in book.gaps if one.unclear and one.exercise in most}
    return Points(of=of, most=most, unclear=unclear, names=book.names, roster=frozenset(book.roster))


def _columns(wishes: Sequence[str]) -> Mapping[str, str]:
    pairs = [wish.partition("=") for wish in wishes]
    for exercise, sign, title in pairs:
        if not (sign and exercise and title):
            raise UsageError(
                say("--column {wish} names no column", wish=f"{exercise}{sign}{title}"),
                hint=say("write it like: --column ex03='Locks (4711)'"),
            )
    return {exercise: title for exercise, _, title in pairs}


def _tell(form: str, out: Path, filled: Filled, settings: Settings) -> None:
    _ = speaker(settings.language)
    if settings.json:
        left = [clean_line(str(one)) for one in filled.left]
        counts = {"written": filled.written, "changed": filled.changed}
        click.echo(json.dumps({"schema": SCHEMA, "format": form, "path": str(out), **counts, "left": left}, indent=2))
        return
    for one in filled.left:
        click.echo(clean_line(translate(one, settings.language)))
    if form in PLATFORMS:
        click.echo(
            _(
                "Cells filled in: {count}; other points stood in {changed} of them.",
                count=filled.written,
                changed=filled.changed,
            )
        )
    click.echo(str(out))


def _zip(chosen: Sequence[Exercise], settings: Settings, wishes: Wishes) -> ExitCode:
    from grader.cli.gradescope_zip import autograder_zip

    out = wishes["out"] or Path("autograder.zip")
    demanded, root = Level(wishes["require_isolation"]), root_of(settings)
    write_whole(out, autograder_zip(root, chosen, demanded, settings.language))
    _tell(ZIP, out, Filled(content=b"", written=len(chosen), changed=0, left=()), settings)
    return ExitCode.ACCEPTED
