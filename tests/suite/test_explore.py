"""The fixture explores, then probes; what it says about how far it came is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from grader.inside.vocabulary import Op
from grader.model.attempt import Evidence, Explored, Outcome
from grader.model.observation import Observation, Stop
from grader.schedule.coordinator import Coordinator
from grader.schedule.workers import Request
from grader.suite.episodes import Episode
from grader.suite.explore import Explore
from grader.suite.failure import CheckStopped
from grader.suite.program import Program
from tests.suite.samples import episode

Came = Callable[[Coordinator, int], Episode]


class FakeProgram:
    """A program of two workers with a turn each; `came` says what an episode comes to."""

    def __init__(self, came: Came, *, watched: bool) -> None:
        self.came = came
        self.watched = watched
        self.tried: list[Episode] = []
        self.began: list[dict[str, Any]] = []
        self.probed: list[dict[str, Any]] = []
        self.methods = ("fork", "spawn", "forkserver")
        self.under: list[Sequence[str]] = []

    def methods_beside(self) -> tuple[str, ...]:
        """One that starts a fresh interpreter."""
        return ("spawn",)

    def explored(self, _scenario: object, given: Mapping[str, Any], coordinator: Coordinator) -> Episode:
        """Two turns, in one order or the other."""
        first = coordinator.choose(["a", "b"], None)
        found = self.came(coordinator, len(self.tried))
        return replace(found, given=given, explored=True, shared={"last": "ab".index(first)} if self.watched else {})

    def note(self, found: Episode) -> None:
        """It counts."""
        self.tried.append(found)

    def begin_everywhere(
        self, _scenario: object, given: Mapping[str, Any], methods: Sequence[str]
    ) -> Iterator[Episode]:
        """One free run for each, which is looked at when it is asked for."""
        self.began.append(dict(given))
        self.under.append(methods)
        return (episode() for _ in methods)

    def noted(self, found: Episode) -> Episode:
        """It was looked at."""
        self.probed.append(self.began[-1] if self.began else {})
        return found


def scenario() -> None:
    """Its name is all that matters."""


def finished(_coordinator: Coordinator, _number: int) -> Episode:
    """All went well."""
    return episode()


def explore(came: Came = finished, *, watched: bool = True) -> tuple[Explore, FakeProgram]:
    """The fixture on such a program; `watched` if it has data that the examiner reads itself."""
    program = FakeProgram(came, watched=watched)
    return Explore(cast("Program", program)), program


def uncontrolled(_coordinator: Coordinator, number: int) -> Episode:
    """The second schedule meets something that turns do not cover."""
    seen = Observation(stop=Stop.UNCONTROLLED, note="a Pipe") if number else Observation(stop=Stop.ANSWERED)
    return episode(observation=seen)


def learning(coordinator: Coordinator, number: int) -> Episode:
    """The first episode shows that something is shared."""
    for worker in ("a", "b") if number == 0 else ():
        coordinator.reduction.note(worker, Request(op=Op.READ, on="n"), ())
    return episode()


def test_every_schedule_then_a_free_run() -> None:
    """The free run gets what was given, with the probes' values in their place."""
    fixture, program = explore()
    runs = list(fixture(scenario, start=1, times=1, probes={"times": 9}))

    assert [run.shared.get("last") for run in runs] == [0, 1, None]
    assert program.probed == [{"start": 1, "times": 9}]
    assert program.under == [("spawn",)]
    assert fixture.explored == Explored(schedules=2, preemptions=2, complete=True)
    assert (fixture.evidence, fixture.witness) == (Evidence.MEASURED, None)


def test_without_probes_there_is_no_free_run() -> None:
    """Only where nothing is outside."""
    fixture, program = explore()

    assert len(list(fixture(scenario, probes=False))) == 2
    assert program.probed == []


def test_free_runs_can_be_had_under_some_start_methods_only() -> None:
    """Where another round of the check has seen the others."""
    fixture, program = explore()

    assert len(list(fixture(scenario, methods=["fork"]))) == 3
    assert program.under == [["fork"]]


def test_check_that_stops_has_its_witness() -> None:
    """The running episode is the one that decided; what was explored is not complete."""
    fixture, _ = explore()
    runs = fixture(scenario)
    found = next(runs)

    assert fixture.current is found
    assert fixture.explored == Explored(schedules=1, preemptions=2, complete=False)


def test_episode_that_hangs_stops_the_check() -> None:
    """Before a suite looks at it."""
    hung = Observation(stop=Stop.HUNG)
    fixture, _ = explore(lambda _coordinator, _number: episode(observation=hung, explored=True))
    with pytest.raises(CheckStopped, match="nobody can ever go on"):
        next(fixture(scenario))

    assert fixture.current is not None


def test_what_is_outside_is_left_to_free_runs() -> None:
    """Then a pass rests on probes, and nothing is complete: they are made under all start methods."""
    fixture, program = explore(uncontrolled, watched=False)
    runs = list(fixture(scenario))

    assert (len(runs), len(program.probed)) == (4, 3)
    assert program.under == [("spawn",), ["fork", "forkserver"]]
    assert (fixture.evidence, fixture.outside) == (Evidence.PROBES, ["a Pipe"])
    assert fixture.explored == Explored(schedules=1, preemptions=2, complete=False)


def test_what_is_outside_and_touches_watched_data_never_passes() -> None:
    """Free runs show a race on it only by luck: they can prove the program wrong, not right."""
    fixture, program = explore(uncontrolled)
    with pytest.raises(CheckStopped) as stopped:
        list(fixture(scenario))

    assert (stopped.value.outcome, len(program.probed)) == (Outcome.INCONCLUSIVE, 3)


def test_what_is_outside_without_probes_is_inconclusive() -> None:
    """Nobody is blamed, nothing passes."""
    fixture, _ = explore(uncontrolled)
    with pytest.raises(CheckStopped) as stopped:
        list(fixture(scenario, probes=False))

    assert stopped.value.outcome is Outcome.INCONCLUSIVE
    assert str(stopped.value.message) == "a Pipe is outside what can be explored"


def test_search_begins_again_when_something_was_learned() -> None:
    """What commuted may not do so any more: the schedules so far do not count as covered."""
    fixture, program = explore(learning)
    list(fixture(scenario, probes=False))

    assert len(program.tried) == 3
    assert fixture.explored == Explored(schedules=3, preemptions=2, complete=True)


def test_cap_without_one_preemption_covered_is_outside() -> None:
    """A few schedules of many prove nothing."""
    fixture, program = explore()
    list(fixture(scenario, cap=1))

    assert fixture.outside == ["more than 1 schedules"]
    assert len(program.probed) == 3
