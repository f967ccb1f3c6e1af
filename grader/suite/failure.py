"""How a check stops: with an outcome, a sentence, and the facts that a diagnosis needs."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model.attempt import Outcome, Site
from grader.model.message import Message


@dataclass(kw_only=True, eq=False)
class CheckStopped(Exception):
    """Ends the running check with `outcome`; raised by expectations and by episodes that came to nothing."""

    outcome: Outcome
    message: Message
    expected: str | None = None
    actual: str | None = None
    facts: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()

    def __str__(self) -> str:
        return f"{self.outcome}: {self.message}"
