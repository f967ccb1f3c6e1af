"""The files that examine a suite: the stub, solutions that must be accepted, and solutions with what they must fail."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.errors import CourseError, UsageError
from grader.model.attempt import Outcome
from grader.model.exercise import Exercise
from grader.model.message import Message, say

HEADER = "# expect:"
MAY = "# may:"
FORM = f"{HEADER} <check> <outcome> <code of the diagnosis, or ->"
NO_CODE = "-"


class Kind(StrEnum):
    """What a file is for."""

    STUB = "stub"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MUTANT = "mutant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a rejected solution does not pass, how, and with which diagnosis (empty: any).

    One that is not `certain` may be passed, too: a program that races fails free runs by luck.
    """

    check: str
    outcome: Outcome
    code: str = ""
    certain: bool = True

    def __str__(self) -> str:
        return f"{self.outcome} {self.code}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A file whose verdict is known beforehand."""

    exercise: Exercise
    kind: Kind
    path: Path
    promises: tuple[Promise, ...] = ()

    @property
    def name(self) -> str:
        """How it is called in a table: `ex03/rejected/no_lock`."""
        if self.kind is Kind.STUB:
            return f"{self.exercise.id}/{self.kind}"
        return f"{self.exercise.id}/{self.kind}/{self.path.stem}"


def solutions_root(content: Path, asked: Path | None) -> Path:
    """The folder of the solutions: `--solutions`, or `solutions` in or beside the folder of the exercises."""
    if asked is not None:
        if not asked.is_dir():
            raise UsageError(
                say("there is no folder {folder}", folder=str(asked)), hint=say("name the folder of the solutions")
            )
        return asked
    within = content / "solutions"
    return within if within.is_dir() else content.absolute().parent / "solutions"


def specimens_of(exercise: Exercise, solutions: Path) -> tuple[Specimen, ...]:
    """The stub and all solutions of an exercise; raises CourseError for a header that promises nothing."""
    stub = Specimen(exercise=exercise, kind=Kind.STUB, path=exercise.folder / "stub.py")
    home = solutions / exercise.slug
    accepted = [
        Specimen(exercise=exercise, kind=Kind.ACCEPTED, path=path) for path in sorted((home / "accepted").glob("*.py"))
    ]
    rejected = [
        Specimen(exercise=exercise, kind=Kind.REJECTED, path=path, promises=_promises(path, exercise))
        for path in sorted((home / "rejected").glob("*.py"))
    ]
    return (stub, *accepted, *rejected)


def _promises(path: Path, exercise: Exercise) -> tuple[Promise, ...]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    found = tuple(
        _promise(f"{path}:{number}", line.partition(":")[2].split(), exercise, certain=line.startswith(HEADER))
        for number, line in lines
        if line.startswith((HEADER, MAY))
    )
    if not any(promise.certain for promise in found):
        raise CourseError(
            say("{path} does not say what it fails", path=str(path)), hint=say("begin it with `{form}`", form=FORM)
        )
    return found


def _promise(place: str, words: list[str], exercise: Exercise, *, certain: bool) -> Promise:
    if len(words) != len(("check", "outcome", "code")):
        raise CourseError(say("{place}: a header has three words", place=place), hint=say("write `{form}`", form=FORM))
    check, outcome, code = words
    if check not in (checks := [one.id for one in exercise.checks]):
        said = say("{place}: there is no check {name}", place=place, name=repr(check))
        raise CourseError(said, hint=_way_out(check, checks))
    if outcome not in (outcomes := [one.value for one in Outcome if one is not Outcome.PASSED]):
        said = say("{place}: there is no outcome {name}", place=place, name=repr(outcome))
        raise CourseError(said, hint=_way_out(outcome, outcomes))
    return Promise(check=check, outcome=Outcome(outcome), code="" if code == NO_CODE else code, certain=certain)


def _way_out(word: str, known: list[str]) -> Message:
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return say("did you mean {name}?", name=repr(near[0]))
    return say("there are: {names}", names=", ".join(known))
