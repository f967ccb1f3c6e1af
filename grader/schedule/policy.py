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
    """Chooses among workers that can go on; there are always at least two candidates."""

    def choose(self, candidates: Sequence[str], current: str | None) -> str:
        """The worker whose turn it is; `current` had the last one. Raises Diverged where it cannot say."""
        ...


class Diverged(Exception):
    """A schedule asked for a worker that could not go on: the program does not depend on the schedule alone."""


def unhurried(candidates: Sequence[str], current: str | None) -> str:
    """Whoever had the last turn goes on, else the first: nobody is preempted."""
    return current if current is not None and current in candidates else candidates[0]
