"""`grade watch`: grades again at every save."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from grader.cli.choose import completed, exercise_named, next_unsolved
from grader.cli.commands import hint, run
from grader.cli.commands import list as course_list
from grader.cli.complain import complain
from grader.cli.display import console_for
from grader.cli.options import Settings, global_options, settings_of
from grader.cli.watching import Moment, Watch
from grader.cli.work import FOLDER, Work
from grader.errors import ExitCode, UsageError
from grader.model.exercise import Exercise
from grader.suite.examiners import Warm
from grader.texts import speaker


@dataclass(slots=True)
class Session:
    """What is being watched, and what the keys do."""

    context: click.Context
    settings: Settings
    out: Path
    exercise: Exercise
    watch: Watch

    @property
    def file(self) -> Path:
        """The file that is being watched."""
        return Path(self.exercise.file_name)

    def grade(self) -> None:
        """Grade the file as it is now; a student who goes on meanwhile breaks it off."""
        console = console_for(self.settings.color, os.environ)
        if console.is_terminal:
            console.clear()
        if self.watch.breaking_off(self._told(run.command, exercise=self.exercise.id, file=self.file, **_WISHES)):
            self.say_keys()

    def obey(self, moment: Moment) -> None:
        """Do what the student wants next."""
        match moment:
            case Moment.SAVED | Moment.AGAIN:
                self.grade()
            case Moment.HINT:
                self._told(hint.command, exercise=self.exercise.id, number=None)()
                self.say_keys()
            case Moment.LIST:
                self._told(course_list.command)()
                self.say_keys()
            case Moment.NEXT:
                self._turn_to_next()

    def say_keys(self) -> None:
        """One line that says what is watched and which keys there are."""
        _ = speaker(self.settings.language)
        keys = _("h hint  l list  n next  r again  q quit") if sys.stdin.isatty() else _("Ctrl-C ends it")
        click.echo(_("watching {file} · {keys}", file=self.exercise.file_name, keys=keys), err=True)

    def _turn_to_next(self) -> None:
        following = next_unsolved(self.settings, Work(self.out))
        _ = speaker(self.settings.language)
        if following is None:
            click.echo(_("Every exercise is solved."), err=True)
            return
        if following.id == self.exercise.id:
            click.echo(_("{exercise} is not solved yet; it is the next one", exercise=following.id), err=True)
            return
        self.exercise = following
        self.watch.turn_to(self.file)
        self.grade()

    def _told(self, command: click.Command, /, **arguments: object) -> Callable[[], None]:
        """Another command, of which a mistake at the keyboard is told and ends nothing."""

        def obey() -> None:
            try:
                self.context.invoke(command, out=self.out, **arguments)
            except UsageError as error:
                complain(error, self.settings.language)

        return obey


_WISHES = {"require_isolation": None, "seed": None, "report": True}


@click.command("watch", short_help="Grade again at every save.")
@click.argument("exercise", required=False, shell_complete=completed)
@click.option("--out", type=click.Path(path_type=Path), default=FOLDER, help="Folder of the results (default: .grade).")
@global_options
@click.pass_context
def command(context: click.Context, exercise: str | None, out: Path) -> ExitCode:
    """Grade EXERCISE (default: the next one you have not solved) now and at every save of its file.

    Keys: h hint, l list, n next exercise, r grade again, q quit. A save breaks off the grading that is under way.
    """
    settings = settings_of(context)
    chosen = exercise_named(exercise, settings) if exercise else next_unsolved(settings, Work(out))
    if chosen is None:
        click.echo(speaker(settings.language)("Every exercise is solved."), err=settings.json)
        return ExitCode.ACCEPTED
    context.meta[run.WATCHED] = sys.stdin.isatty()
    watch = Watch()
    session = Session(context=context, settings=settings, out=out, exercise=chosen, watch=watch)
    watch.turn_to(session.file)
    with Warm() as warm, watch.listening():
        context.meta[run.START] = warm.start
        session.grade()
        while (moment := watch.next()) is not Moment.QUIT:
            session.obey(moment)
    return ExitCode.ACCEPTED
