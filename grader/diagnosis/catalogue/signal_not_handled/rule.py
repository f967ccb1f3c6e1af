"""A signal ended a process that should have ended in good order."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a process was ended by SIGTERM."""
    return point_at(
        evidence,
        evidence.calls("signal"),
        (
            say("{file}:{line} sets the handler, but the signal still ended the process at the wrong place."),
            say("SIGTERM ended the process at once, without a handler, in the middle of its work."),
        ),
        sure=evidence.has("signal-not-handled"),
        likely=evidence.has("child-died") and "-15" in (evidence.result.actual or ""),
    )


RULE = Rule(
    code="signal-not-handled",
    title=say("The signal was not handled"),
    next_step=say(
        "Set a handler with `signal.signal(SIGTERM, ...)` at the very start; let it note the wish, and "
        "look at the note between two items."
    ),
    find=find,
    instead_of=("child-died",),
)
