"""What a policy is: it says who goes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One point at which more than one worker could go on.

    `current` is who had the last turn, if it is among the candidates: choosing another one is then a preemption.
    """

    candidates: tuple[str, ...]
    current: str | None
    chosen: str


class Policy(Protocol):
    """Chooses among workers that can go on; the candidates are never empty."""

    def choose(self, candidates: Sequence[str], current: str | None) -> str:
        """The worker whose turn it is."""
        ...


class Diverged(Exception):
    """A schedule asked for a worker that could not go on: the program does not depend on the schedule alone."""


class Follow:
    """Follows a schedule as far as it reaches; afterwards whoever had the last turn goes on, else the first."""

    def __init__(self, schedule: Sequence[str] = ()) -> None:
        self.schedule = tuple(schedule)
        self.choices: list[Choice] = []

    def choose(self, candidates: Sequence[str], current: str | None) -> str:
        """The next worker of the schedule; raises Diverged if it is no candidate."""
        at = len(self.choices)
        if at < len(self.schedule):
            chosen = self.schedule[at]
            if chosen not in candidates:
                raise Diverged(
                    f"turn {at + 1} of the schedule is {chosen}'s, but only {', '.join(candidates)} can go on"
                )
        else:
            chosen = current if current in candidates and current is not None else candidates[0]
        stays = current if current in candidates else None
        self.choices.append(Choice(candidates=tuple(candidates), current=stays, chosen=chosen))
        return chosen
