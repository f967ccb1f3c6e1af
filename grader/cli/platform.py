"""What `grade ci` grades in a repository, and what it prints and hands over to the platform it runs on."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from grader.cli.options import Settings
from grader.course.texts import read_stub
from grader.errors import UsageError
from grader.grading.one import grade_one
from grader.grading.plan import make_plan
from grader.intake.collect import collect
from grader.intake.decode import as_text
from grader.intake.entries import TooMuch, in_folder
from grader.model.exercise import Exercise
from grader.model.message import Message, say
from grader.report.attempt_json import document
from grader.report.github import Annotation, Graded, commands, summary
from grader.report.sanitise import clean_line
from grader.report.terminal import as_text as told_as_text
from grader.report.view import for_student
from grader.texts import translate, why

WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of an exercise in the repository; `is_there` is false for one that was removed, or is a link."""

    path: str
    exercise: Exercise
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneGraded:
    """One file, graded: for the writers, as `attempt.json`, as a page."""

    graded: Graded
    document: Mapping[str, object]
    page: bytes


def look(root: Path, exercises: Sequence[Exercise], paths: Sequence[str] | None) -> list[Found]:
    """The files of exercises among `paths`, among all files below `root` if None; they are known by their names."""
    by_name = {exercise.file_name: exercise for exercise in exercises}
    try:
        every = [str(entry.path) for entry in in_folder(root)] if paths is None else paths
    except (OSError, TooMuch) as error:
        raise UsageError(say("{path} cannot be read: {reason}", path=str(root), **why(error))) from error
    return [
        Found(path=path, exercise=by_name[name], is_there=_is_there(root, path))
        for path in sorted(every)
        if (name := path.rpartition("/")[2]) in by_name
    ]


def _is_there(root: Path, path: str) -> bool:
    """Whether it is a file of the repository itself: a link in a pull request could lead anywhere."""
    place = root / path
    return place.is_file() and place.resolve() == root.resolve() / path


def grade_found(found: Sequence[Found], settings: Settings, *, seed: int | None) -> list[OneGraded]:
    """Grade each, one after the other."""
    from grader.diagnosis.catalogue import page as explain
    from grader.report.student_page import render

    graded = []
    for one in found:
        submission = collect(
            Path(one.path), one.exercise, read_stub(one.exercise.folder), own_syntax=settings.python is None
        )
        plan = make_plan(one.exercise, submission, seed=seed, python=settings.python, demanded=None)
        attempt = grade_one(plan, on_event=lambda _event: None, report_json=None)
        view = for_student(attempt, one.exercise, as_text(submission.source), settings.language)
        graded.append(
            OneGraded(
                graded=Graded(view=view, path=clean_line(one.path)),
                document=document(attempt, one.exercise),
                page=render(view, explain=explain).encode(),
            )
        )
    return graded


def tell(
    graded: Sequence[Graded],
    marks: Sequence[Annotation],
    notes: Sequence[Message],
    where: tuple[str, Settings, Path],
) -> None:
    """Print every exercise, and what the platform takes from the log and from files."""
    platform, settings, out = where
    to_stderr = settings.json
    for note in notes:
        # A path can be called `::error::`, and the runner takes a line that begins so for a command.
        click.echo(f"- {translate(note, settings.language)}", err=to_stderr)
    for one in graded:
        _block(one, platform, to_stderr=to_stderr)
    if platform != "github":
        return
    for line in commands(marks, settings.language):
        click.echo(line, err=to_stderr)
    _append("GITHUB_STEP_SUMMARY", summary(graded, notes, settings.language))
    _append("GITHUB_OUTPUT", "".join(f"{name}={value}\n" for name, value in _outputs(graded, out).items()))


def _block(one: Graded, platform: str, *, to_stderr: bool) -> None:
    """The report as text; on GitHub nothing in it is obeyed, whatever a program printed."""
    title = f"{one.view.exercise} {one.path}"
    text = told_as_text(one.view, width=WIDTH)
    if platform != "github":
        click.echo(f"\n{text}", err=to_stderr)
        return
    word = secrets.token_hex(16)
    click.echo(f"::group::{title}\n::stop-commands::{word}\n{text}\n::{word}::\n::endgroup::", err=to_stderr)


def _outputs(graded: Sequence[Graded], out: Path) -> dict[str, str]:
    """Values of one line each; nothing in them is a student's choice."""
    return {
        "score": f"{sum(one.points for one in graded):g}",
        "max_score": f"{sum(float(one.view.max_points) for one in graded):g}",
        "status": "accepted" if all(one.view.verdict == "accepted" for one in graded) else "not-accepted",
        "exercises": json.dumps(sorted({str(one.view.exercise) for one in graded})),
        "report_path": str(out),
    }


def _append(variable: str, text: str) -> None:
    path = os.environ.get(variable)
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(
            say("{name} cannot be written: {reason}", name=variable, **why(error)),
            hint=say("grade outside GitHub with --platform plain"),
        ) from error
