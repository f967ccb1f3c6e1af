"""What many runs come to: a row per specimen, what deviates how often, which check no wrong solution fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grader.authoring.judge import Deviation
from grader.authoring.specimens import Kind, Specimen
from grader.authoring.verify import Run
from grader.model.attempt import Outcome
from grader.model.exercise import Exercise

SCHEMA = "ipc-grader/verify/1"

Document = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A deviation, and the repetitions (which are the seeds, too) that showed it."""

    deviation: Deviation
    repeats: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All runs of one specimen."""

    specimen: Specimen
    runs: tuple[Run, ...]

    def outcomes(self, check: str) -> Counter[Outcome]:
        """What became of a check, how often."""
        return Counter(one.outcome for run in self.runs for one in run.attempt.checks if one.id == check)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What deviates, each once."""
        seen: dict[Deviation, list[int]] = {}
        for run in self.runs:
            for deviation in run.deviations:
                seen.setdefault(deviation, []).append(run.repeat)
        return tuple(Finding(deviation=one, repeats=tuple(repeats)) for one, repeats in seen.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One exercise, examined; `whole` if by all of its solutions."""

    exercise: Exercise
    rows: tuple[Row, ...]
    whole: bool

    @property
    def deviates(self) -> bool:
        """Whether anything came out otherwise than promised."""
        return any(row.findings for row in self.rows)

    @property
    def unproven(self) -> tuple[str, ...]:
        """Checks that no rejected solution fails: nothing shows that they can fail. Known only of the whole."""
        if not self.whole:
            return ()
        failed = {
            promise.check
            for row in self.rows
            for promise in row.specimen.promises
            if promise.certain and promise.outcome is not Outcome.SKIPPED
        }
        return tuple(check.id for check in self.exercise.checks if check.id not in failed)


def tally(exercise: Exercise, specimens: Iterable[Specimen], runs: Iterable[Run], *, whole: bool) -> Tally:
    """The runs of one exercise, in the order of its specimens and repetitions."""
    mine = sorted(runs, key=lambda run: run.repeat)
    rows = tuple(
        Row(specimen=one, runs=tuple(run for run in mine if run.specimen.path == one.path))
        for one in specimens
        if one.exercise.id == exercise.id
    )
    return Tally(exercise=exercise, rows=rows, whole=whole)


def verify_document(tallies: Iterable[Tally]) -> Document:
    """What `grade verify --json` prints."""
    told = list(tallies)
    return {
        "schema": SCHEMA,
        "as_promised": not any(one.deviates for one in told),
        "exercises": [
            {
                "exercise": one.exercise.id,
                "checks": [check.id for check in one.exercise.checks],
                "unproven": list(one.unproven),
                "solutions": [_row(row) for row in one.rows],
            }
            for one in told
        ],
    }


def _row(row: Row) -> Document:
    checks = [check.id for check in row.specimen.exercise.checks]
    return {
        "name": row.specimen.name,
        "kind": Kind(row.specimen.kind).value,
        "runs": len(row.runs),
        "seconds": round(sum(run.attempt.duration_s for run in row.runs), 3),
        "outcomes": {check: {key.value: n for key, n in row.outcomes(check).items()} for check in checks},
        "deviations": [
            {
                "check": one.deviation.check or None,
                "expected": one.deviation.expected,
                "seen": one.deviation.seen,
                "message": one.deviation.message or None,
                "seeds": list(one.repeats),
            }
            for one in row.findings
        ],
    }
