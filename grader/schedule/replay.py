"""Replays a schedule: a prefix that a search extends, or all of a witness."""

from __future__ import annotations

from collections.abc import Sequence

from grader.schedule.policy import Diverged, unhurried


class Replay:
    """Follows a schedule as far as it reaches; afterwards nobody is preempted."""

    def __init__(self, schedule: Sequence[str] = ()) -> None:
        self.schedule = tuple(schedule)
        self.at = 0

    @property
    def is_done(self) -> bool:
        """Whether the whole schedule was followed: a witness that was not needed to its end is not replayed."""
        return self.at >= len(self.schedule)

    def choose(self, candidates: Sequence[str], current: str | None) -> str:
        """The next worker of the schedule; raises Diverged if it is no candidate."""
        if self.is_done:
            return unhurried(candidates, current)
        chosen = self.schedule[self.at]
        self.at += 1
        if chosen not in candidates:
            raise Diverged(f"turn {self.at} of the schedule is {chosen}'s, but only {', '.join(candidates)} can go on")
        return chosen
