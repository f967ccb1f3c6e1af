"""Something began before what had to be finished was finished."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite saw the order of events."""
    return point_at(
        evidence,
        evidence.calls("wait", "Barrier", "Event", "Condition"),
        (
            say("{file}:{line} is where it waits, but it went on before all others had finished."),
            say("It went on before all others had finished."),
        ),
        sure=evidence.has("began-too-early"),
    )


RULE = Rule(
    code="began-too-early",
    title=say("Began before the others had finished"),
    next_step=say("Let everybody wait at a barrier between two phases, after the work of the first one."),
    find=find,
)
