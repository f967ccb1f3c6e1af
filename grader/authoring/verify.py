"""Grades the files that examine a suite again and again, keeps every result, and does what is due only."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.judge import Deviation, deviations
from grader.authoring.specimens import Kind, Specimen
from grader.course.digest import digest_of
from grader.course.texts import read_stub
from grader.documents import AttemptShape, Malformed, read_attempt
from grader.errors import GraderFault, UsageError
from grader.grading.many import busy_loops, grade_many
from grader.grading.plan import make_plan
from grader.intake.collect import collect
from grader.model.attempt import Attempt, Verdict
from grader.model.message import say
from grader.model.plan import Plan
from grader.report.attempt_json import Audience, document
from grader.texts import why

PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How often, beside how many busy loops, in how many slots, with which Python, and where results are kept."""

    out: Path
    slots: int
    repeat: int = 1
    load: int = 0
    python: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One specimen, graded for the `repeat`-th time; `fresh` if it was graded just now."""

    specimen: Specimen
    repeat: int
    attempt: AttemptShape
    fresh: bool

    @property
    def deviations(self) -> tuple[Deviation, ...]:
        """What came out otherwise than promised."""
        return deviations(self.specimen, self.attempt)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    specimen: Specimen
    repeat: int
    plan: Plan
    kept: Path


def verify(specimens: Iterable[Specimen], effort: Effort) -> Iterator[Run]:
    """A Run for every specimen and repetition: first those that were kept, then the others as they finish."""
    wanted = tuple(_wanted(tuple(specimens), effort))
    due = []
    for one in wanted:
        kept = _recall(one.kept)
        if kept is None:
            due.append(one)
        else:
            yield Run(specimen=one.specimen, repeat=one.repeat, attempt=kept, fresh=False)
    if not due:
        return
    running = grade_many((one.plan for one in due), slots=min(effort.slots, len(due)))
    with busy_loops(effort.load), contextlib.closing(running):
        for number, attempt in running:
            if isinstance(attempt, GraderFault):
                raise attempt
            one = due[number]
            yield Run(specimen=one.specimen, repeat=one.repeat, attempt=_keep(one, attempt), fresh=True)


def _wanted(specimens: tuple[Specimen, ...], effort: Effort) -> Iterator[_Due]:
    """Everything once before anything twice: what is wrong shows early."""
    ours = digest_of(PACKAGE)  # a grader that was changed has to say it again
    for repeat in range(1, effort.repeat + 1):
        for specimen in specimens:
            plan = _plan(specimen, repeat, effort.python)
            key = hashlib.sha256(f"{plan.key} {ours} {effort.load}".encode()).hexdigest()[:16]
            kept = effort.out / specimen.name / f"{key}-{repeat}.json"
            yield _Due(specimen=specimen, repeat=repeat, plan=plan, kept=kept)


def _plan(specimen: Specimen, repeat: int, python: str | None) -> Plan:
    """The number of the repetition is the seed: a deviation can be seen again with `grade run --seed`."""
    exercise = specimen.exercise
    submission = collect(specimen.path, exercise, read_stub(exercise.folder), own_syntax=python is None)
    plan = make_plan(exercise, submission, seed=repeat, python=python, demanded=None)
    return dataclasses.replace(plan, until_failure=specimen.kind is Kind.MUTANT)


def _recall(path: Path) -> AttemptShape | None:
    try:
        return read_attempt(path.read_bytes())
    except (OSError, Malformed):
        return None


def _keep(one: _Due, attempt: Attempt) -> AttemptShape:
    """Written under another name first: what is there is whole. What was not graded is due again."""
    told = json.dumps(document(attempt, one.specimen.exercise, audience=Audience.INSTRUCTOR)).encode()
    if attempt.verdict is not Verdict.NOT_GRADED:
        try:
            one.kept.parent.mkdir(parents=True, exist_ok=True)
            fresh = one.kept.with_suffix(".new")
            fresh.write_bytes(told)
            fresh.replace(one.kept)
        except OSError as error:
            message = say(
                "the results cannot be written to {folder}: {reason}",
                folder=str(one.kept.parent),
                **why(error),
            )
            raise UsageError(message, hint=say("name another folder with --out DIR")) from error
    return read_attempt(told)
