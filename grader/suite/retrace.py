"""One check along the schedule of a witness: the fixture `explore` when an attempt is replayed."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterator
from typing import Any

from grader.model.attempt import Outcome
from grader.model.message import say
from grader.model.observation import Stop
from grader.model.witness import Witness
from grader.schedule.coordinator import Coordinator
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.suite.episodes import Episode
from grader.suite.explore import Explore
from grader.suite.failure import CheckStopped
from grader.suite.program import Program, Scenario

MOST_LESSONS = 20  # episodes until it is known who shares what
# How much of a scenario is explored, and what runs beside: here it is one schedule.
OPTIONS = inspect.getfullargspec(Explore.__call__).kwonlyargs


class Retracing(Explore):
    """Executes one schedule instead of all. Explorations before that of the witness get their plainest episode only."""

    def __init__(self, program: Program, witness: Witness) -> None:
        super().__init__(program)
        self.goal = witness

    def __call__(self, scenario: Scenario, /, **asked: Any) -> Iterator[Episode]:
        """The episode of the witness; the check ends with it, whatever would come afterwards."""
        self.rounds += 1
        is_goal = self.rounds == self.goal.round
        given = {name: value for name, value in asked.items() if name not in OPTIONS}
        episode = self._goal(scenario, given) if is_goal else self._plainest(scenario, given)
        self.program.note(episode)
        if not is_goal and episode.observation.stop is Stop.UNCONTROLLED:
            return  # free runs decided then, and let it pass
        self.current = episode
        self.schedules += 1
        episode.check()
        yield episode
        if is_goal:
            raise CheckStopped(outcome=Outcome.PASSED, message=say("this schedule was executed, and nothing failed"))

    def _plainest(self, scenario: Scenario, given: dict[str, Any]) -> Episode:
        """The episode in which nobody is preempted."""
        return self.program.explored(scenario, given, Coordinator(Replay(), Reduction()))

    def _goal(self, scenario: Scenario, given: dict[str, Any]) -> Episode:
        """The episode of the witness. The same program takes the same steps at the first try.

        Another one may share more: then it is learned who shares what, and the schedule is tried with each lesson.
        """
        reduction, found = Reduction(self.goal.known), None
        for _ in range(MOST_LESSONS):
            replay = Replay(self.goal.schedule)
            episode = self.program.explored(scenario, given, Coordinator(replay, copy.deepcopy(reduction)))
            if episode.observation.stop is not Stop.UNCONTROLLED and replay.is_done:
                found = episode
                if self._is_goal(episode):
                    break
            self.program.explored(scenario, given, Coordinator(Replay(), reduction))
            if not reduction.learned:
                break
        if found is None:
            raise CheckStopped(
                outcome=Outcome.INCONCLUSIVE,
                message=say("the program takes other steps now: the schedule cannot be followed to its end"),
            )
        return found

    def _is_goal(self, episode: Episode) -> bool:
        """Whether it took the steps that were written down; the last ones may have been cut off there."""
        steps = episode.witness.steps if episode.witness else ()
        return bool(steps) and steps[: len(self.goal.steps)] == self.goal.steps
