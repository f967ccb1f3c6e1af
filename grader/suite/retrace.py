"""One check along the schedule of a witness: the fixture `explore` when an attempt is replayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from grader.model.attempt import Outcome
from grader.model.message import say
from grader.model.observation import Stop
from grader.model.witness import Witness
from grader.schedule.coordinator import Coordinator
from grader.schedule.reduction import Reduction
from grader.schedule.replay import Replay
from grader.suite.episodes import Episode
from grader.suite.explore import CAP, Explore
from grader.suite.failure import CheckStopped
from grader.suite.program import Program, Scenario

MOST_LESSONS = 20  # episodes until it is known who shares what


class Retracing(Explore):
    """Executes one schedule instead of all. Explorations before that of the witness get their plainest episode only."""

    def __init__(self, program: Program, witness: Witness) -> None:
        super().__init__(program)
        self.goal = witness

    def __call__(
        self,
        scenario: Scenario,
        /,
        *,
        preemptions: int = 2,  # noqa: ARG002  (a suite says how much is explored; here it is one schedule)
        cap: int = CAP,  # noqa: ARG002
        probes: dict[str, Any] | bool | None = None,  # noqa: ARG002
        **given: Any,
    ) -> Iterator[Episode]:
        """The episode of the witness; the check ends with it, whatever would come afterwards."""
        self.rounds += 1
        is_goal = self.rounds == self.goal.round
        episode = self._executed(scenario, given, self.goal.schedule if is_goal else ())
        self.program.note(episode)
        self.current = episode
        self.schedules += 1
        episode.check()
        yield episode
        if is_goal:
            raise CheckStopped(outcome=Outcome.PASSED, message=say("this schedule was executed, and nothing failed"))

    def _executed(self, scenario: Scenario, given: dict[str, Any], schedule: Sequence[str]) -> Episode:
        """The episode of the schedule. At which turns there is a choice depends on what was learned before."""
        reduction = Reduction(self.goal.known if schedule else ())
        for _ in range(MOST_LESSONS):
            self.program.explored(scenario, given, Coordinator(Replay(), reduction))
            if not reduction.learned:
                break
        for _ in range(MOST_LESSONS):
            replay = Replay(schedule)
            episode = self.program.explored(scenario, given, Coordinator(replay, reduction))
            if episode.observation.stop is not Stop.UNCONTROLLED and replay.is_done:
                return episode
            if not reduction.learned:
                break
        raise CheckStopped(
            outcome=Outcome.INCONCLUSIVE,
            message=say("the program takes other steps now: the schedule cannot be followed to its end"),
        )
