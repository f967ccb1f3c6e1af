"""A process was ended while it held a lock, or was inside a queue."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and processes are ended by force."""
    return point_at(
        evidence,
        evidence.calls("terminate", "kill"),
        (
            say("{file}:{line} ends a process by force; the lock that it held then is never released."),
            say("A process was ended by force; the lock that it held then is never released."),
        ),
        sure=evidence.has("terminate-while-holding"),
        likely=evidence.is_stuck and any(entry.held_by for entry in evidence.blocked),
    )


RULE = Rule(
    code="terminate-while-holding",
    title=say("Ended while it held a lock"),
    next_step=say("Ask the process to end (an event, an end mark), and use `terminate()` only when it shares nothing."),
    find=find,
    instead_of=("lock-not-released",),
)
