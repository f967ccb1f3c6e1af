"""What became of the mutants of an exercise: which no check sees through, and which entries about them are not true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.mutants import Known, Mutant
from grader.authoring.verify import Run
from grader.model.attempt import Outcome
from grader.model.exercise import Exercise
from grader.texts import speaker

SCHEMA = "ipc-grader/mutants/1"

Document = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A mutant with its file and its runs."""

    mutant: Mutant
    path: Path
    runs: tuple[Run, ...]

    @property
    def escapes(self) -> bool:
        """Whether it was not seen through each time."""
        return any(run.deviations for run in self.runs)

    @property
    def caught_by(self) -> tuple[str, ...]:
        """The checks that it failed."""
        checks = (one for run in self.runs for one in run.attempt.checks if one.outcome.blames_student)
        return tuple(dict.fromkeys(one.id for one in checks))

    @property
    def seen(self) -> str:
        """What it came to in the first run that did not see through it."""
        run = next(run for run in self.runs if run.deviations)
        odd = [one for one in run.attempt.checks if one.outcome not in {Outcome.PASSED, Outcome.SKIPPED}]
        return f"{run.attempt.verdict} --seed {run.repeat}" + "".join(f", {one.id} {one.outcome}" for one in odd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All mutants of one exercise, and the entries that are about none of them."""

    exercise: Exercise
    fates: tuple[Fate, ...]
    unused: tuple[Known, ...]

    @property
    def survivors(self) -> tuple[Fate, ...]:
        """Mutants that get away, and that nobody said are right."""
        return tuple(fate for fate in self.fates if fate.escapes and not fate.mutant.known)

    @property
    def wronged(self) -> tuple[Fate, ...]:
        """Mutants that were said to be right, and fail a check."""
        return tuple(fate for fate in self.fates if fate.mutant.known and not fate.escapes)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.survivors or self.wronged or self.unused)


def survey(exercise: Exercise, mutants: Mapping[Path, Mutant], runs: list[Run], known: tuple[Known, ...]) -> Survey:
    """The mutants of one exercise, with the entries that should be about them."""
    fates = tuple(
        Fate(mutant=mutant, path=path, runs=tuple(run for run in runs if run.specimen.path == path))
        for path, mutant in mutants.items()
    )
    used = {fate.mutant.known for fate in fates}
    return Survey(exercise=exercise, fates=fates, unused=tuple(one for one in known if one not in used))


def survey_lines(told: Survey, language: str) -> Iterator[str]:
    """What an author reads."""
    _ = speaker(language)
    right = [fate for fate in told.fates if fate.mutant.known]
    yield _(
        "{exercise}: {count} mutants, {survivors} survive, {right} are known to be right",
        exercise=told.exercise.slug,
        count=len(told.fates),
        survivors=len(told.survivors),
        right=len(right),
    )
    for fate in told.survivors:
        yield f"! {_where(fate.mutant)}: {fate.seen}"
        yield f"    grade run {told.exercise.id} {fate.path}"
    for fate in told.wronged:
        checks = ", ".join(fate.caught_by)
        yield f"! {_where(fate.mutant)}: " + _("is said to be right, but fails {checks}", checks=checks)
    for entry in told.unused:
        yield f"! {entry.operator} {entry.function} `{entry.site}`: " + _(
            "is said to be right, but there is no such mutant"
        )


def survey_document(surveys: Iterable[Survey]) -> Document:
    """What `grade verify --mutants --json` prints."""
    return {"schema": SCHEMA, "exercises": [_exercise(one) for one in surveys]}


def _exercise(told: Survey) -> Document:
    return {
        "exercise": told.exercise.id,
        "mutants": [
            {
                "file": str(fate.path),
                "solution": fate.mutant.origin.path.stem,
                "operator": fate.mutant.operator,
                "function": fate.mutant.function,
                "site": fate.mutant.site,
                "line": fate.mutant.line,
                "survives": fate.escapes,
                "reason": fate.mutant.known.reason if fate.mutant.known else None,
                "caught_by": list(fate.caught_by),
            }
            for fate in told.fates
        ],
        "unused": [f"{one.operator} {one.function} {one.site}" for one in told.unused],
    }


def _where(mutant: Mutant) -> str:
    place = f"{mutant.origin.path.stem}:{mutant.line}"
    return f"{place} {mutant.operator} {mutant.function} `{mutant.site}`"
