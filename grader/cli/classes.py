"""What the commands about a class share: which exercises, which submissions, what needs a human."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from grader.cli.choose import all_exercises, exercise_named
from grader.cli.help_page import columns
from grader.cli.options import Settings
from grader.course.texts import read_stub
from grader.intake.inbox import Asked, Inbox, open_inbox
from grader.intake.roster import read_roster
from grader.model.grade import NeedsHuman, Student
from grader.model.message import say
from grader.report.sanitise import clean_line
from grader.texts import listed, speaker, translate

MOST_NAMED = 10
WIDEST_NAME = 40  # columns; after a longer name the line just goes on


def asked_for(words: tuple[str, ...], settings: Settings) -> tuple[Asked, ...]:
    """The exercises that were named, or all of the course."""
    chosen = [exercise_named(word, settings) for word in words] if words else all_exercises(settings)
    return tuple(
        Asked(exercise=exercise, stub=read_stub(exercise.folder), own_syntax=settings.python is None)
        for exercise in chosen
    )


def receive(
    source: Path, asked: tuple[Asked, ...], *, layout: str, roster: Path | None
) -> tuple[Inbox, Mapping[str, Student]]:
    """The inbox, with the names of the roster where there is one; and all whom the roster knows, by id."""
    students = read_roster(roster) if roster is not None else {}
    inbox = open_inbox(source, asked, layout=layout)
    names = inbox.names | {student: one.name for student, one in students.items() if student in inbox.names}
    return dataclasses.replace(inbox, names=names, needs_human=called(inbox.needs_human, students)), students


def called(needs: Iterable[NeedsHuman], roster: Mapping[str, Student]) -> tuple[NeedsHuman, ...]:
    """The same, with the names of the roster where it has them."""
    return tuple(
        dataclasses.replace(one, name=roster[one.student].name or one.name) if one.student in roster else one
        for one in needs
    )


def strangers(names: Mapping[str, str], roster: Mapping[str, Student]) -> tuple[NeedsHuman, ...]:
    """Who of `names` (by id) is not in the roster: of another class, or an id with a typing error; none without one."""
    said = say("not in the roster")
    return tuple(
        NeedsHuman(student=student, name=name, exercise=None, message=said)
        for student, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
        if roster and student not in roster
    )


def named(student: str, names: Mapping[str, str]) -> str:
    """The student's name with the id, which stands alone where it is the name."""
    name = names.get(student, student)
    return clean_line(student if name == student else f"{name} ({student})")


def needs_human_rows(needs: Sequence[NeedsHuman]) -> list[dict[str, str | None]]:
    """For JSON; English, as all machine output."""
    return [
        {"student": one.student, "name": one.name, "exercise": one.exercise, "message": clean_line(str(one.message))}
        for one in needs
    ]


def told_needs(needs: Sequence[NeedsHuman], language: str) -> Iterator[str]:
    """Lines for a person; none if there is nothing."""
    _ = speaker(language)
    if needs:
        yield ""
        yield _("Needs a human:")
    whom = [clean_line(one.name if one.name == one.student else f"{one.name} ({one.student})") for one in needs]
    widest = min(max(map(columns, whom), default=0), WIDEST_NAME)
    for who, one in zip(whom, needs, strict=True):
        padding = " " * (widest - columns(who))
        exercise = f"{one.exercise}  " if one.exercise else ""
        yield f"  {who}{padding}  {exercise}{clean_line(translate(one.message, language))}"


def told_silent(names: Sequence[str], language: str) -> Iterator[str]:
    """Who of the roster handed in nothing; no lines if there is nobody."""
    _ = speaker(language)
    if names:
        some = [*map(clean_line, names[:MOST_NAMED]), *(["…"] if len(names) > MOST_NAMED else [])]
        yield ""
        yield _("Handed in nothing ({count}): {names}", count=len(names), names=listed(some, language))


def told_unnamed(inbox: Inbox, words: tuple[str, ...], language: str) -> Iterator[str]:
    """The way out, where no file is named after an exercise and nobody said which one it is."""
    if not inbox.submissions and inbox.needs_human and not words:
        _ = speaker(language)
        yield ""
        yield _("No file is named after an exercise: say which one it is with --exercise EX.")
