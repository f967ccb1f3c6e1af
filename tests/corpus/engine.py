"""Runs one program of the corpus under every schedule, as a check of a suite would."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from grader.model.attempt import Evidence, Explored, Outcome
from grader.model.witness import Witness
from grader.suite.episodes import Episode
from grader.suite.expect import expect
from grader.suite.explore import Explore
from grader.suite.failure import CheckStopped
from grader.suite.program import Program, Scenario

PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the engine said of a program."""

    outcome: Outcome
    message: str
    explored: Explored | None
    outside: tuple[str, ...]
    evidence: Evidence
    witness: Witness | None
    free_runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A function of the corpus, and what is known of it."""

    module: str
    function: str
    known: str

    def __str__(self) -> str:
        return f"{self.module}.{self.function}"


class Engine:
    """Explores programs of one box."""

    def __init__(self, programs: Mapping[str, Program]) -> None:
        self.programs = programs

    def explore(self, specimen: Specimen, scenario: str = "whole", *, probes: bool | None = None) -> Finding:
        """Explore a program; without probes, what is outside the gates is not decided."""
        program = self.programs[specimen.module]
        program.begin_check()
        explore = Explore(program)
        free, stop = 0, None
        try:
            for episode in explore(_named(scenario), probes=probes, function=specimen.function):
                free += not episode.explored
                _judge(episode)
        except CheckStopped as stopped:
            stop = stopped
        return Finding(
            outcome=stop.outcome if stop else Outcome.PASSED,
            message=str(stop.message) if stop else "",
            explored=explore.explored,
            outside=tuple(explore.outside),
            evidence=explore.evidence,
            witness=explore.witness if stop else None,
            free_runs=free,
        )


def _judge(episode: Episode) -> None:
    if "counter" not in episode.shared:
        expect(episode.value).true()
        return
    for answer in episode.workers.values():
        expect(answer.value).exactly(None)
    expect(episode.shared["counter"]).exactly(7)


def _named(name: str) -> Scenario:
    def scenario() -> None: ...

    scenario.__name__ = name
    return cast("Scenario", scenario)


def specimens(kind: str) -> list[Specimen]:
    """All functions of the corpus whose name begins with `kind`, except those that are called with a counter."""
    found = []
    for path in sorted(PROGRAMS.glob("*.py")):
        names: dict[str, Any] = runpy.run_path(str(path))
        known = {**names.get("WRONG", {}), **names.get("OUTSIDE", {})}
        for name, value in names.items():
            if name.startswith(f"{kind}_") and value.__code__.co_argcount == 0:
                found.append(Specimen(module=path.stem, function=name, known=known.get(name, "")))
    return found
