"""Which exercise a command is about, from the words and folders the user named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from grader.cli.options import Settings
from grader.cli.work import Work
from grader.course.find import content_root, exercise_folders, find_exercise
from grader.course.read import read_exercise
from grader.errors import GraderError
from grader.model.attempt import Verdict
from grader.model.exercise import Exercise
from grader.model.message import Words


def root_of(settings: Settings) -> Path:
    """The folder of the course."""
    return content_root(settings.content, os.environ)


def exercise_named(word: str, settings: Settings, *, also: tuple[str, ...] = ()) -> Exercise:
    """The exercise that `word` means; `also` are other words it may have been meant for."""
    return read_exercise(find_exercise(root_of(settings), word, also=also))


def all_exercises(settings: Settings) -> tuple[Exercise, ...]:
    """The course in teaching order."""
    return tuple(read_exercise(folder) for folder in exercise_folders(root_of(settings)))


def check_titles(settings: Settings) -> dict[tuple[str, str], Words]:
    """The title of every check of the course, by exercise and check."""
    return {(exercise.id, check.id): check.title for exercise in all_exercises(settings) for check in exercise.checks}


def next_unsolved(settings: Settings, work: Work) -> Exercise | None:
    """The first exercise in teaching order that can be graded here and is not accepted yet."""
    for folder in exercise_folders(root_of(settings)):
        last = work.standing(folder.name.partition("_")[0])
        if last is None or last.verdict is not Verdict.ACCEPTED:
            exercise = read_exercise(folder)
            if exercise.is_for(sys.platform):
                return exercise
    return None


def is_own(file: Path, exercise: Exercise) -> bool:
    """Whether it is the file that the course means for the exercise: `ex03.py` in the folder one works in."""
    return file.resolve() == Path(exercise.file_name).resolve()


def completed(context: click.Context, _parameter: object, begun: str) -> list[CompletionItem]:
    """The exercises whose name begins so, for the completion of a shell: it stays silent when there is no course."""
    try:
        root = content_root(context.find_root().params.get("content"), os.environ)
        names = [folder.name.partition("_") for folder in exercise_folders(root)]
    except GraderError:
        return []
    return [CompletionItem(number, help=slug) for number, _, slug in names if number.startswith(begun)]
