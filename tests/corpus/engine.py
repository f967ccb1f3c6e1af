"""Runs one program of the corpus under every schedule, as a check of a suite would."""

from __future__ import annotations

import contextlib
import runpy
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from grader.model.attempt import Evidence, Explored, Outcome
from grader.model.exercise import Exercise, Limits, StartMethod
from grader.model.message import Words
from grader.model.observation import Level
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.model.witness import Witness
from grader.sandbox.detect import detect
from grader.schedule.coordinator import Coordinator
from grader.schedule.exhaustive import Exhaustive
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.suite.boxes import Boxes
from grader.suite.episodes import Episode
from grader.suite.expect import expect
from grader.suite.explore import Explore
from grader.suite.failure import CheckStopped
from grader.suite.program import Program, Scenario

PROGRAMS = Path(__file__).parent / "programs"
LIMITS = Limits(wall=60.0, cpu=60.0)


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
        opened = self.programs[specimen.module]
        explore = Explore(Program(opened.plan, opened.boxes))
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

    def replay(self, specimen: Specimen, witness: Witness) -> Witness | None:
        """What happens under the schedule of a witness; None if it is not followed to its end."""
        policy, given = Replay(witness.schedule), {"function": specimen.function}
        coordinator = Coordinator(policy, Reduction(witness.known))
        episode = self.programs[specimen.module].explored(_named("whole"), given, coordinator)
        return episode.witness if policy.is_done else None

    def end_states(self, specimen: Specimen, reduction: Reduction, *, preemptions: int, cap: int) -> frozenset[str]:
        """Whatever the program can come to within the bound: every schedule is executed, none is judged."""
        states, search = set(), Exhaustive(preemptions=preemptions, cap=cap)
        while (schedule := search.next()) is not None:
            coordinator = Coordinator(Replay(schedule), reduction)
            given = {"function": specimen.function}
            states.add(_state(self.programs[specimen.module].explored(_named("whole"), given, coordinator)))
            if reduction.learned:
                search = Exhaustive(preemptions=preemptions, cap=cap)
                continue
            search.executed(coordinator.choices)
        assert search.complete, f"{specimen} has more than {cap} schedules"
        return frozenset(states)


def _state(episode: Episode) -> str:
    """What came of an episode: the answer, or who waits for what."""
    frame, witness = episode.main.frame, episode.witness
    blocked = sorted(f"{item.worker} {item.op} {item.resource}" for item in witness.blocked) if witness else []
    answer = None if frame is None else (frame.kind, frame.value, frame.raised and frame.raised.name)
    return f"{episode.observation.stop} {answer} {blocked if frame is None else ''}"


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


def plan_of(module: str) -> Plan:
    """A plan that asks for nothing but a module of the corpus."""
    exercise = Exercise(
        id=module,
        slug=module,
        title=Words(en=module),
        functions=(),
        checks=(),
        limits=LIMITS,
        start_methods=(StartMethod.FORK,),
        platforms=(),
        topics=(),
        folder=PROGRAMS,
        digest="",
    )
    return Plan(
        exercise=exercise,
        submission=Submission(exercise=module, origin="", source=(PROGRAMS / f"{module}.py").read_bytes(), digest=""),
        start_methods=(StartMethod.FORK,),
        seed=1,
        python=sys.executable,
        slots=1,
        demanded=Level.NONE,
        key="",
    )


@contextlib.contextmanager
def opened() -> Iterator[Engine]:
    """The engine with one box for all programs of the corpus."""
    modules = [path.stem for path in PROGRAMS.glob("*.py") if path.stem != "scenarios"]
    files = {f"sub/{module}.py": (PROGRAMS / f"{module}.py").read_bytes() for module in modules}
    files["suite/scenarios.py"] = (PROGRAMS / "scenarios.py").read_bytes()
    boxes = Boxes(detect(Level.NONE), files, LIMITS, sys.executable, 1)
    programs = {module: Program(plan_of(module), boxes) for module in modules}
    try:
        yield Engine(programs)
    finally:
        boxes.close()
