"""Stubs and a choice of the solutions get the verdicts that they promise; `grade verify` tries every solution."""

from __future__ import annotations

import collections
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.authoring.specimens import Kind, Specimen, specimens_of
from grader.authoring.verify import Effort, Run, verify
from grader.course.find import exercise_folders
from grader.course.read import read_exercise
from grader.sandbox.quota import whole_cores

ROOT = Path(__file__).parents[2]
SPECIMENS = tuple(
    specimen
    for folder in exercise_folders(ROOT / "exercises")
    for specimen in specimens_of(read_exercise(folder), ROOT / "solutions")
)
SOLUTIONS = collections.Counter((one.exercise.id, one.kind) for one in SPECIMENS)


def chosen(exercise: str) -> list[Specimen]:
    """The stub, a right design, and the wrong program that fails most checks: an attempt costs several seconds."""
    own = [one for one in SPECIMENS if one.exercise.id == exercise]
    stubs, accepted = ([one for one in own if one.kind is kind] for kind in (Kind.STUB, Kind.ACCEPTED))
    return [*stubs, *accepted[:1], max(own, key=lambda one: len(one.promises))]


CHOSEN = [specimen for exercise in sorted({exercise for exercise, _ in SOLUTIONS}) for specimen in chosen(exercise)]


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    """One run of each specimen that was selected, as many at once as there are cores."""
    selected = [item.callspec.params.get("specimen") for item in request.session.items if hasattr(item, "callspec")]
    specimens = [one for one in selected if isinstance(one, Specimen)]
    effort = Effort(out=tmp_path_factory.mktemp("runs"), slots=whole_cores())
    return {run.specimen.name: run for run in verify(specimens, effort)}


@pytest.mark.parametrize("specimen", CHOSEN, ids=lambda specimen: specimen.name)
def test_specimen_gets_what_it_promises(specimen: Specimen, runs: Mapping[str, Run]) -> None:
    """Right programs get full points, wrong ones fail for their own reason, the stub is not started."""
    assert runs[specimen.name].deviations == ()


@pytest.mark.parametrize("exercise", sorted({exercise for exercise, _ in SOLUTIONS}))
def test_exercise_has_enough_solutions(exercise: str) -> None:
    """Each exercise is examined by at least four right designs and eight wrong programs."""
    assert SOLUTIONS[exercise, Kind.ACCEPTED] >= 4
    assert SOLUTIONS[exercise, Kind.REJECTED] >= 8
