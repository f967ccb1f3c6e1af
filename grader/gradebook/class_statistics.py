"""Numbers over a class, from its grades; students count once per exercise, with the file that counts."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from grader.model.attempt import Outcome
from grader.model.class_facts import ENOUGH, Difficulty, Distribution, Flaky, Mistake
from grader.model.exercise import Exercise
from grader.model.grade import Document, Grade

DECIDED = {Outcome.PASSED, *(outcome for outcome in Outcome if outcome.blames_student)}


def difficulties(grades: Sequence[Grade], exercises: Sequence[Exercise]) -> tuple[Difficulty, ...]:
    """Every check that was decided about anybody, the hardest first."""
    totals: dict[str, float] = defaultdict(float)
    for grade in grades:
        totals[grade.student] += grade.entry.points or 0.0
    seen: dict[tuple[str, str], list[tuple[bool, float]]] = defaultdict(list)
    for grade in grades:
        for check in _checks(grade):
            if Outcome(check["outcome"]) in DECIDED:
                others = totals[grade.student] - check["points"]
                seen[grade.exercise, check["id"]].append((check["outcome"] == Outcome.PASSED, others))
    found = [
        Difficulty(
            exercise=exercise.id,
            check=check.id,
            title=check.title,
            passed=sum(passed for passed, _ in pairs),
            decided=len(pairs),
            discrimination=_correlation(pairs),
        )
        for exercise in exercises
        for check in exercise.checks
        if (pairs := seen.get((exercise.id, check.id)))
    ]
    return tuple(sorted(found, key=lambda one: (one.share, -one.decided)))


def mistakes(grades: Sequence[Grade]) -> tuple[Mistake, ...]:
    """Every diagnosis, the one that most share first; the example is the file that shows it nearest to its top."""
    seen: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    titles: dict[str, str] = {}
    examples: dict[str, list[tuple[int, str, str, tuple[int, ...]]]] = defaultdict(list)
    for grade in grades:
        for diagnosis in _diagnoses(grade):
            code = diagnosis["code"]
            seen[code][grade.student, grade.exercise] = None
            titles.setdefault(code, diagnosis["title"])
            lines = tuple(sorted({site["line"] for site in diagnosis["sites"]}))
            examples[code].append((max(lines, default=10**9), grade.entry.digest, grade.exercise, lines))
    found = []
    for code, places in seen.items():
        _, digest, exercise, lines = min(examples[code])
        found.append(
            Mistake(
                code=code,
                title=titles[code],
                students=tuple(dict.fromkeys(student for student, _ in places)),
                exercises=tuple(sorted({exercise for _, exercise in places})),
                seen=tuple(places),
                example=digest,
                example_exercise=exercise,
                lines=lines,
            )
        )
    return tuple(sorted(found, key=lambda one: (-len(one.students), one.code)))


def distributions(grades: Sequence[Grade], exercises: Iterable[str]) -> tuple[Distribution, ...]:
    """One for each exercise that anybody has a grade of."""
    found = []
    for exercise in exercises:
        mine = [grade for grade in grades if grade.exercise == exercise]
        finals = [grade.final for grade in mine if grade.final is not None]
        if not finals:
            continue
        most = max(math.floor(max(finals)), *(int((one.entry.document or {}).get("max_points", 0)) for one in mine), 1)
        counts = Counter(min(most, max(0, math.floor(final))) for final in finals)
        found.append(
            Distribution(
                exercise=exercise,
                bins=tuple(counts[number] for number in range(most + 1)),
                mean=statistics.fmean(finals),
                median=statistics.median(finals),
            )
        )
    return tuple(found)


def flaky(grades: Sequence[Grade], repeats: Mapping[str, Sequence[Document]]) -> tuple[Flaky, ...]:
    """The files of which at least one check had more than one outcome."""
    found = []
    for grade in grades:
        documents = repeats.get(grade.entry.plan_key, ())
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for document in documents:
            for check in document["checks"]:
                counts[check["id"]][check["outcome"]] += 1
        differing = tuple(
            (check, tuple(outcomes.most_common())) for check, outcomes in counts.items() if len(outcomes) > 1
        )
        if differing:
            found.append(
                Flaky(student=grade.student, exercise=grade.exercise, times=len(documents), outcomes=differing)
            )
    return tuple(found)


def _checks(grade: Grade) -> Sequence[Mapping[str, Any]]:
    checks: Sequence[Mapping[str, Any]] = (grade.entry.document or {}).get("checks", ())
    return checks


def _diagnoses(grade: Grade) -> Iterator[Mapping[str, Any]]:
    for check in _checks(grade):
        yield from check["diagnoses"]


def _correlation(pairs: Sequence[tuple[bool, float]]) -> float | None:
    passed, others = [float(one) for one, _ in pairs], [points for _, points in pairs]
    if len(pairs) < ENOUGH or len(set(passed)) < 2 or len(set(others)) < 2:
        return None
    return statistics.correlation(passed, others)
