"""An event was cleared before all who waited for it had seen it."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and the same function sets and clears an event."""
    return point_at(
        evidence,
        waiting_habits.clears_what_it_sets(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} clears the event right after it was set: who comes a moment later finds it unset, "
                "and waits for ever."
            ),
            say("The event was cleared before everybody had seen it: who came later waits for ever."),
        ),
        sure=evidence.has("event-cleared"),
        likely=evidence.is_stuck,
    )


RULE = Rule(
    code="event-cleared",
    title=say("The event was cleared too early"),
    next_step=say("Use one event per round, or let each waiter clear its own."),
    find=find,
)
