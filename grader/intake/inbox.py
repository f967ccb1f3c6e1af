"""All that a class handed in, sorted into what can be graded and what needs a human; nothing is run or guessed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.intake.archive import LARGEST as LARGEST_ARCHIVE
from grader.intake.archive import BadArchive, in_archive, is_archive, unpacked
from grader.intake.choose import Unclear, choose
from grader.intake.collect import LARGEST, take_in
from grader.intake.entries import Entry, TooMuch, in_folder, top_folders
from grader.intake.layouts.canvas import Canvas
from grader.intake.layouts.git import Git
from grader.intake.layouts.gradescope import Gradescope
from grader.intake.layouts.layout import HandIn, Layout
from grader.intake.layouts.moodle import Moodle
from grader.intake.layouts.plain import Plain
from grader.model.exercise import Exercise
from grader.model.grade import NeedsHuman
from grader.model.message import Message, say, several
from grader.model.submission import Submission
from grader.texts import why

LAYOUTS: Mapping[str, Layout] = {
    "gradescope": Gradescope(),
    "moodle": Moodle(),
    "canvas": Canvas(),
    "git": Git(),
    "plain": Plain(),
}
WHERE = say("name the folder (or the .zip) in which the submissions lie")
WHAT = say(
    "in it there should be what Canvas, Moodle or Gradescope hand out, clones, or files like ann.py and bob/ex03.py;"
    " `--layout` says which of these it is"
)
Problem = tuple[str | None, Message]  # what is unclear, and about which exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An exercise whose submissions are wanted, with its stub; `own_syntax` as in `collect`."""

    exercise: Exercise
    stub: bytes
    own_syntax: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What came in. `names` are for people; students are known by their ids."""

    layout: str
    submissions: tuple[Submission, ...]
    needs_human: tuple[NeedsHuman, ...]
    names: dict[str, str]


def open_inbox(source: Path, asked: Sequence[Asked], *, layout: str = "auto") -> Inbox:
    """Look through a folder or an archive; raises UsageError if it cannot be read at all."""
    entries = _entries(source)
    name = layout if layout != "auto" else _layout_of(source, entries)
    exercises = [one.exercise for one in asked]
    hand_ins = LAYOUTS[name].hand_ins(entries, exercises)
    if not hand_ins:
        raise UsageError(say("no submissions in {path}", path=str(source)), hint=WHAT)
    names = {student: hand_in.name for hand_in in hand_ins for student in hand_in.students}
    submissions: list[Submission] = []
    unclear: list[NeedsHuman] = []
    for hand_in in hand_ins:
        taken, problems = _sorted(hand_in, asked)
        submissions += taken
        unclear += (_needs(one, names, problem) for problem in problems for one in hand_in.students)
    twins = _twins(submissions)
    unclear += (
        _needs(student, names, (one.exercise, _one_of_several(one)))
        for one in submissions
        if _owner(one) in twins
        for student in one.students
    )
    return Inbox(
        layout=name,
        submissions=tuple(one for one in submissions if _owner(one) not in twins),
        needs_human=tuple(unclear),
        names=names,
    )


def _entries(source: Path) -> tuple[Entry, ...]:
    try:
        if source.is_dir():
            return in_folder(source)
        if is_archive(source.name) and source.is_file():
            with source.open("rb") as file:
                return in_archive(source.name, file.read(LARGEST_ARCHIVE + 1))
    except (OSError, TooMuch, BadArchive) as error:
        raise UsageError(say("{path} cannot be read: {reason}", path=str(source), **why(error))) from error
    if not source.exists():
        raise UsageError(say("there is no folder or archive {path}", path=str(source)), hint=WHERE)
    raise UsageError(say("{path} is neither a folder nor an archive", path=str(source)), hint=WHERE)


def _layout_of(source: Path, entries: tuple[Entry, ...]) -> str:
    if source.is_dir() and any((source / folder / ".git").exists() for folder in top_folders(entries)):
        return "git"
    return next((name for name, layout in LAYOUTS.items() if layout.fits(entries)), "plain")


def _sorted(hand_in: HandIn, asked: Sequence[Asked]) -> tuple[list[Submission], list[Problem]]:
    """The submissions in what one student handed in, and what is unclear about the rest."""
    try:
        entries = unpacked(hand_in.entries)
    except (BadArchive, OSError, ValueError) as error:
        return [], [(None, say("an archive is left aside: {reason}", **why(error)))]
    taken: list[Submission] = []
    unclear: list[Problem] = []
    absent: list[Problem] = []
    for one in asked:
        chosen = choose(one.exercise, entries, only_one_asked=len(asked) == 1)
        if isinstance(chosen, Unclear):
            (absent if chosen.absent else unclear).append((one.exercise.id, chosen.message))
            continue
        try:
            taken.append(_submission(hand_in, chosen, one))
        except (OSError, ValueError) as error:
            message = say("{file} cannot be read: {reason}", file=chosen.origin, **why(error))
            unclear.append((one.exercise.id, message))
    if absent and (len(asked) == 1 or not (taken or unclear)):
        unclear.append(absent[0] if len(asked) == 1 else (None, _unnamed(entries)))
    return taken, unclear


def _unnamed(entries: Sequence[Entry]) -> Message:
    """Of all exercises, not of the first that was looked for."""
    if not entries:
        return say("there is nothing in it")
    return say(
        "no file is named after an exercise; there is: {names}", **several("names", [one.origin for one in entries[:4]])
    )


def _submission(hand_in: HandIn, entry: Entry, asked: Asked) -> Submission:
    submission = take_in(entry.read(LARGEST), entry.origin, asked.exercise, asked.stub, own_syntax=asked.own_syntax)
    return dataclasses.replace(
        submission, students=hand_in.students, handed_in_at=hand_in.handed_in_at, late=hand_in.late
    )


def _needs(student: str, names: Mapping[str, str], problem: Problem) -> NeedsHuman:
    exercise, message = problem
    return NeedsHuman(student=student, name=names[student], exercise=exercise, message=message)


def _owner(submission: Submission) -> tuple[str, tuple[str, ...]]:
    return submission.exercise, submission.students


def _twins(submissions: Iterable[Submission]) -> set[tuple[str, tuple[str, ...]]]:
    counts = Counter(_owner(one) for one in submissions)
    return {owner for owner, count in counts.items() if count > 1}


def _one_of_several(submission: Submission) -> Message:
    return say("{file} is one of several that this student handed in", file=submission.origin)
