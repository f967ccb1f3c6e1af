"""Every schedule within the bound, then free runs: the fixture `explore`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from grader.model.attempt import Evidence, Explored, Outcome
from grader.model.message import say
from grader.model.observation import Stop
from grader.model.witness import Witness
from grader.schedule.coordinator import Coordinator
from grader.schedule.exhaustive import Exhaustive
from grader.schedule.pct import Pct
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.suite.episodes import Episode
from grader.suite.failure import CheckStopped
from grader.suite.program import Program, Scenario

CAP = 300  # schedules: some seconds
SAMPLES = 20  # schedules beyond it
LEAST_COVERED = 1  # preemptions that have to be covered completely for a pass


class Explore:
    """Runs scenarios of one check under every schedule; remembers how far it came."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rounds = 0
        self.schedules = 0
        self.bound = 0
        self.covered: int | None = None
        self.complete = True
        self.evidence = Evidence.MEASURED
        self.current: Episode | None = None
        self.outside: list[str] = []
        self.unseen = False

    def __call__(  # noqa: PLR0913 - each by name
        self,
        scenario: Scenario,
        /,
        *,
        preemptions: int = 2,
        cap: int = CAP,
        probes: dict[str, Any] | bool | None = None,
        methods: Sequence[str] | None = None,
        free: Scenario | None = None,
        **given: Any,
    ) -> Iterator[Episode]:
        """One episode per schedule, then free runs with `given | probes`, one for each of `methods`.

        Where they are not given: all start methods for a function that was not seen under all yet, or if turns do not
        cover what it does; else one that starts a fresh interpreter.

        `free` is what free runs play where it is not the same: a scenario that brings the one dangerous moment about,
        since no schedule does it for them; it is given `probes` alone.
        """
        self.rounds += 1
        probe = ({} if free else given) | (probes if isinstance(probes, dict) else {})
        beside = () if probes is False else methods or self.program.methods_beside()
        running = self.program.begin_everywhere(free or scenario, probe, beside)
        given_up = len(self.outside)
        yield from self._schedules(scenario, Exhaustive(preemptions=preemptions, cap=cap), given)
        self.current = None
        for episode in running:
            yield self.program.noted(episode)
        if len(self.outside) > given_up and methods is None and probes is not False:
            others = [method for method in self.program.methods if method not in beside]
            for episode in self.program.begin_everywhere(free or scenario, probe, others):
                yield self.program.noted(episode)
        if self.unseen or (probes is False and len(self.outside) > given_up):
            raise CheckStopped(
                outcome=Outcome.INCONCLUSIVE,
                message=say("{what} is outside what can be explored", what=self.outside[-1]),
            )

    @property
    def explored(self) -> Explored | None:
        """How much was explored in the running check, None if nothing was."""
        if not self.schedules:
            return None
        complete = self.complete and self.current is None and not self.outside
        reached = self.bound if self.covered is None else max(self.covered, 0)
        return Explored(schedules=self.schedules, preemptions=reached, complete=complete)

    @property
    def witness(self) -> Witness | None:
        """The schedule of the episode at which the check stopped."""
        witness = self.current.witness if self.current else None
        return replace(witness, round=self.rounds) if witness else None

    def _schedules(self, scenario: Scenario, search: Exhaustive, given: dict[str, Any]) -> Iterator[Episode]:
        self.bound = max(self.bound, search.bound)
        reduction = Reduction()
        while (schedule := search.next()) is not None:
            coordinator = Coordinator(Replay(schedule), reduction)
            episode = self._episode(scenario, given, coordinator)
            if episode is None:
                return
            yield episode
            if not coordinator.has_heard(name for name, answer in episode.workers.items() if answer.frame):
                self.unseen = True
                self._give_up("a process that asked for no turn")
                return
            if reduction.learned:  # what commuted so far may not: begin again
                search = Exhaustive(preemptions=search.bound, cap=search.cap)
                continue
            search.executed(coordinator.choices)
        self._covered(search)
        if not search.complete:
            yield from self._samples(scenario, given, reduction)

    def _samples(self, scenario: Scenario, given: dict[str, Any], reduction: Reduction) -> Iterator[Episode]:
        """Where there are too many schedules, a few that are far apart: they can fail the check, and prove nothing."""
        for number in range(SAMPLES):
            episode = self._episode(scenario, given, Coordinator(Pct(number), reduction))
            if episode is None:
                return
            yield episode
        self.current = None

    def _episode(self, scenario: Scenario, given: dict[str, Any], coordinator: Coordinator) -> Episode | None:
        """One explored episode; None if it is uncontrolled."""
        episode = self.program.explored(scenario, given, coordinator)
        self.program.note(episode)
        if episode.observation.stop is Stop.UNCONTROLLED:
            # A race on data that is watched shows in free runs only by luck: they can fail the check, not pass it.
            outside = coordinator.problem
            self.unseen = self.unseen or bool(episode.shared) or (outside is not None and outside.unseen)
            self._give_up(episode.observation.note)
            return None
        self.current = episode
        self.schedules += 1
        episode.check()
        return episode

    def _give_up(self, why: str) -> None:
        """The program is outside the gates: free runs decide."""
        self.outside.append(why)
        self.evidence = Evidence.PROBES
        self.current = None

    def _covered(self, search: Exhaustive) -> None:
        covered = search.preemptions_covered
        self.covered = covered if self.covered is None else min(self.covered, covered)
        self.complete = self.complete and search.complete
        if covered < min(LEAST_COVERED, search.bound):
            self._give_up(f"more than {search.cap} schedules")
