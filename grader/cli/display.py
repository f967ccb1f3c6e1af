"""How the terminal looks: when there is colour, how wide it is, what moves while a run goes on."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from grader.cli.options import When
from grader.model.attempt import CheckResult
from grader.model.exercise import Exercise, Visibility
from grader.report.terminal import write
from grader.report.view import View
from grader.texts import speaker


class Screen(Console):
    """A console that leaves it to `main` what a closed pipe means; rich would end the process with code 1."""

    def on_broken_pipe(self) -> None:
        """The reader has left."""
        raise BrokenPipeError


def wants_colour(when: When, environment: Mapping[str, str], stream: TextIO) -> bool:
    """`--color`, then NO_COLOR, then FORCE_COLOR, then whether a terminal looks on."""
    if when is not When.AUTO:
        return when is When.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def console_for(when: When, environment: Mapping[str, str], stream: TextIO | None = None) -> Console:
    """A console on `stream`, stdout unless told."""
    stream = stream or sys.stdout
    colour = wants_colour(when, environment, stream)
    return Screen(
        file=stream,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
    )


def show_attempt(view: View, console: Console, page: Path | None) -> None:
    """Tell an attempt; `page` is the report to name at its end."""
    write(view, console, report=str(page or ""))


def next_step(language: str) -> Callable[[int, int], bool]:
    """Asks on stderr for Enter before the next step; `q` shows the rest at once."""
    _ = speaker(language)

    def ask(step: int, of: int) -> bool:
        words = _("step {step} of {of}: Enter for the next one, q for the rest", step=step, of=of)
        sys.stderr.write(f"  {words} ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        return answer.endswith("\n") and answer.strip().lower() != "q"

    return ask


def show_page(console: Console, markdown: str) -> None:
    """A page of Markdown, drawn for a terminal and left as it is for a file."""
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(markdown))
    else:
        console.file.write(markdown.rstrip("\n") + "\n")


def show_table(console: Console, rows: Iterable[tuple[str, ...]]) -> None:
    """Rows in columns, without box art."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for row in rows:
        while len(table.columns) < len(row):
            table.add_column(overflow="fold")  # nothing is cut off
        table.add_row(*(Text(cell) for cell in row))
    if table.rows:
        console.print(table)


class Progress:
    """One line on stderr that says which check is being run; silent unless somebody looks on."""

    def __init__(self, exercise: Exercise, language: str, console: Console) -> None:
        self._titles = {
            check.id: check.title.in_(language) if check.visibility is Visibility.SHOWN else ""
            for check in exercise.checks
        }
        self._id = exercise.id
        self._done = 0
        self._live = Live(Text(""), console=console, auto_refresh=False, transient=True)
        self._seen = console.is_terminal

    def __enter__(self) -> Self:
        if self._seen:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._seen:
            self._live.stop()

    def __call__(self, event: CheckResult | str) -> None:
        """A check began (its id) or came to its end (its result)."""
        if isinstance(event, CheckResult):
            self._done += 1
        if self._seen:
            title = self._titles.get(event, "") if isinstance(event, str) else ""
            words = Text(f"{self._id}  {self._done}/{len(self._titles)}  {title}", overflow="ellipsis", no_wrap=True)
            self._live.update(words, refresh=True)


class Counter:
    """How far a long run is, on stderr: one line that changes on a terminal, a line per step in a file."""

    def __init__(self, most: int, console: Console, language: str) -> None:
        self._began = time.monotonic()
        self._language = language
        self._most = most
        self._done = 0
        self._note = ""
        self._console = console
        self._live = Live(Text(""), console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def note(self, what: str) -> None:
        """Say what the next step was about."""
        self._note = what

    def advance(self) -> None:
        """One step is done."""
        self._done += 1
        words = Text(f"{self._done}/{self._most}  {self._note}", overflow="ellipsis", no_wrap=True)
        if self._console.is_terminal:
            self._live.update(Text(f"{self._left()}  ").append(words), refresh=True)
        elif self._note:
            self._console.print(words, soft_wrap=True)
        self._note = ""

    def _left(self) -> str:
        """How long it will take, if the rest goes on like what is done."""
        seconds = (time.monotonic() - self._began) / self._done * (self._most - self._done)
        _ = speaker(self._language)
        return _("about {minutes} min left", minutes=math.ceil(seconds / 60))
