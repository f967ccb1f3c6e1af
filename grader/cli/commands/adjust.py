"""`grade adjust`: a human's points in the place of the grader's, and why; grading again never overwrites them."""

from __future__ import annotations

import difflib
import getpass
import time
from collections.abc import Sequence
from typing import TypedDict, Unpack

import click

from grader.cli.book import Book, gradebook_at, read_book
from grader.cli.choose import all_exercises, exercise_named
from grader.cli.class_report import NAMELESS_PAGE, PAGE, write_class_page
from grader.cli.handed_back import bring_up_to_date, write_table
from grader.cli.options import Settings, global_options, settings_of
from grader.errors import ExitCode, UsageError
from grader.model.grade import Adjustment, Entry, Grade
from grader.model.message import Message, say, several
from grader.report.sanitise import clean_line
from grader.report.wording import points_text
from grader.texts import speaker


class Wishes(TypedDict):
    """The options of `grade adjust`."""

    points: float | None
    reason: str
    by: str | None
    take_back: bool
    new_exercise: bool


@click.command("adjust", short_help="Set a student's points by hand.")
@click.argument("where", metavar="RUN")
@click.argument("student")
@click.argument("exercise")
@click.argument("points", type=float, required=False)
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands beside the grade.")
@click.option("--by", metavar="NAME", help="Who decides (your login name).")
@click.option("--take-back", is_flag=True, help="Drop the points set by hand: the grader's count again.")
@click.option("--new-exercise", is_flag=True, help="EXERCISE is new to this class: everybody gets a cell for it.")
@global_options
@click.pass_context
def command(context: click.Context, /, where: str, student: str, exercise: str, **wishes: Unpack[Wishes]) -> ExitCode:
    """Set the POINTS of STUDENT (an id, or a name that is there once) at EXERCISE in the gradebook of RUN.

    STUDENT may have handed in nothing, but has to be in the roster then. The points stand whatever is graded later;
    when the grader comes to other points than you had seen, you are told.
    """
    settings = settings_of(context)
    _ = speaker(settings.language)
    points = wishes["points"]
    if (points is None) != wishes["take_back"]:
        raise UsageError(
            say("say either the points or --take-back"),
            hint=say("like: grade adjust grades 0042 ex03 7.5 --reason ..."),
        )
    with gradebook_at(where) as (store, folder, run):
        book = read_book(store, folder, run, settings)
        grade = _meant(book, student, exercise, settings)
        if not wishes["new_exercise"]:
            _refuse_new(grade.exercise, book)
        made = _decision(grade, points or 0.0, wishes, settings)
        store.adjust(made, take_back=wishes["take_back"])
        book = read_book(store, folder, store.runs()[-1], settings)
        bring_up_to_date(book, store, settings, only=(grade.student, grade.exercise))
        for anonymise, name in ((False, PAGE), (True, NAMELESS_PAGE)):
            if (folder / name).exists():
                write_class_page(book, store, settings, anonymise=anonymise)
    write_table(book)
    after = _meant(book, grade.student, grade.exercise, settings)
    about = {
        "student": clean_line(f"{grade.entry.name} ({grade.student})"),
        "exercise": grade.exercise,
        "before": points_text(grade.final),
        "after": points_text(after.final),
    }
    if wishes["take_back"]:
        click.echo(_("{student}  {exercise}  the {before} set by hand are taken back; without them: {after}", **about))
    else:
        click.echo(_("{student}  {exercise}  {before} -> {after} points", **about))
    return ExitCode.ACCEPTED


def _decision(grade: Grade, points: float, wishes: Wishes, settings: Settings) -> Adjustment:
    entry = grade.entry
    if wishes["take_back"] and grade.adjustment is None:
        about = {"student": clean_line(entry.name), "exercise": entry.exercise}
        said = say("nobody has set the points of {student} at {exercise}", **about)
        raise UsageError(said, hint=say("there is nothing to take back"))
    known = {exercise.id: exercise.max_points for exercise in all_exercises(settings)}
    most = (entry.document or {}).get("max_points", known.get(entry.exercise))
    if not 0 <= points <= (float("inf") if most is None else most):
        raise UsageError(
            say("{points} points are not possible", points=f"{points:g}"),
            hint=say("{exercise} gives from 0 to {most} points", exercise=entry.exercise, most=points_text(most)),
        )
    return Adjustment(
        student=entry.student,
        exercise=entry.exercise,
        points=points,
        reason=wishes["reason"],
        by=wishes["by"] or getpass.getuser(),
        made_at=time.time(),
        plan_key=entry.plan_key,
        earned=entry.points,
    )


def _refuse_new(exercise: str, book: Book) -> None:
    """An exercise of which the class has nothing is more often a typing error than one that was done on paper."""
    if exercise not in book.exercises:
        raise UsageError(
            say("nobody of this class has handed in {exercise}, and it was never graded here", exercise=exercise),
            hint=say(
                "its exercises are: {ids}; with --new-exercise the points are set all the same, and {exercise} is one"
                " of the class from then on",
                exercise=exercise,
                **several("ids", sorted(book.exercises) or ["-"]),
            ),
        )


def _meant(book: Book, student: str, exercise: str, settings: Settings) -> Grade:
    """The grade of that student, one without a file where nothing was handed in; raises UsageError."""
    who = _student(book, student)
    mine = {one.exercise: one for one in book.grades if one.student == who}
    if exercise not in mine:  # it may be said in other words; one that was graded may be in the course no longer
        exercise = exercise_named(exercise, settings).id
    return mine.get(exercise) or Grade(entry=Entry.nothing(who, book.names[who], exercise))


def _student(book: Book, word: str) -> str:
    """The id that is meant; raises UsageError with what comes near."""
    names = book.names
    if word in names:
        return word
    owners = sorted(student for student, name in names.items() if name == word)
    if len(owners) > 1:
        raise UsageError(
            say("there are several called {name}", name=word),
            hint=say("name one of the ids: {ids}", **several("ids", owners)),
        )
    if not owners:
        known = sorted({*names, *names.values()})
        raise UsageError(say("there is no student {student}", student=word), hint=_near(word, known))
    return owners[0]


def _near(word: str, known: Sequence[str]) -> Message:
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return say("did you mean {name}?", name=near[0])
    return say("`grade class` shows who is there; --roster of `grade batch` says who else belongs to the class")
