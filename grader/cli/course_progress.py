"""How far a student has come in the course, and what is next: what bare `grade` tells."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.cli.choose import all_exercises, next_unsolved
from grader.cli.display import console_for
from grader.cli.options import Settings
from grader.cli.work import Work
from grader.model.attempt import Verdict
from grader.model.exercise import Exercise
from grader.model.message import say
from grader.report.pen import Pen
from grader.report.terminal import GOOD, QUIET, STRONG
from grader.report.wording import points_text
from grader.texts import speaker, translate

WIDEST_BAR, NARROWEST_BAR = 40, 10
BEGIN, COMPLETE = "grade init work && cd work", "grade init ."


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Of the exercises that can be graded here: how many are solved, how many points the attempts that count got."""

    solved: int
    exercises: int
    points: float
    most: float


def tell_standing(settings: Settings, work: Work, *, graded: str = "") -> None:
    """The bar, and what comes next, unless that is still the exercise `graded`: its report has said what to do."""
    pen = Pen(console_for(settings.color, os.environ))
    progress = progress_of(all_exercises(settings), work)
    if progress.exercises:  # else nothing of this course can be graded here
        tell_progress(progress, pen, settings.language)
    following = next_unsolved(settings, work)
    if following is None or following.id != graded:
        if progress.exercises:
            pen.blank()
        known = [name for one in all_exercises(settings) for name in (one.file_name, f"{one.id}.md")]
        begun = any(Path(name).exists() for name in known)
        tell_next(following, pen, settings.language, begun=begun)


def progress_of(exercises: Iterable[Exercise], work: Work) -> Progress:
    """What the attempts that count come to."""
    rows = [(one, work.standing(one.id)) for one in exercises if one.is_for(sys.platform)]
    return Progress(
        solved=sum(last is not None and last.verdict is Verdict.ACCEPTED for _, last in rows),
        exercises=len(rows),
        points=sum(last.points or 0 for _, last in rows if last is not None),
        most=sum(one.max_points for one, _ in rows),
    )


def tell_progress(progress: Progress, pen: Pen, language: str) -> None:
    """A bar over the course, as wide as there is room for."""
    _ = speaker(language)
    said = _(
        "{solved} / {exercises} solved, {points} / {most} points",
        solved=progress.solved,
        exercises=progress.exercises,
        points=points_text(progress.points),
        most=points_text(progress.most),
    )
    label = f"{_('Progress')}{_(': ')}"
    room = pen.width - pen.cells(label) - pen.cells(said) - len("[]  ")
    if room < NARROWEST_BAR:
        pen.line((label, STRONG), (said, ""))
        return
    done, rest = drawn(progress, min(room, WIDEST_BAR))
    pen.line((label, STRONG), ("[", ""), (done, GOOD), (rest, QUIET), ("]  ", ""), (said, ""))


def drawn(progress: Progress, width: int) -> tuple[str, str]:
    """The two parts of the bar: full only when everything is solved, and never empty after the first exercise."""
    if progress.solved == progress.exercises:
        return "#" * width, ""
    filled = -(-(width - 1) * progress.solved // progress.exercises)
    filled = min(filled, width - 1)
    return "#" * filled + ">", "-" * (width - 1 - filled)


def tell_next(exercise: Exercise | None, pen: Pen, language: str, *, begun: bool) -> None:
    """The exercise that comes next, with what to do about it; None if all are solved.

    `begun`: this folder has files of the course.
    """
    _ = speaker(language)
    if exercise is None:
        pen.paragraph(_("Every exercise is solved."), style=STRONG)
        return
    pen.paragraph(f"{exercise.id}  {exercise.title.in_(language)}", label=f"{_('Next')}{_(': ')}", label_style=STRONG)
    if Path(exercise.file_name).exists():
        text = f"{exercise.id}.md"
        how = (
            _("Read {text}, write {file}, then `grade`.", text=text, file=exercise.file_name)
            if Path(text).exists()
            else _("Write {file}, then `grade`.", file=exercise.file_name)
        )
        pen.paragraph(how, indent=2)
        pen.paragraph(_("`grade hint {exercise}` helps.", exercise=exercise.id), indent=2)
    else:
        said = say("There is no {file} here. A folder to work in:", file=exercise.file_name)
        if begun:
            said = say("There is no {file} here. What is missing in this folder:", file=exercise.file_name)
        pen.paragraph(translate(said, language), indent=2)
        pen.line((COMPLETE if begun else BEGIN, STRONG), indent=4)
