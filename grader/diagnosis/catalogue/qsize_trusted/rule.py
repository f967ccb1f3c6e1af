"""The length of a queue was taken for the number of items that will come."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or, without a witness, the length was asked for and the result is wrong."""
    return point_at(
        evidence,
        evidence.calls("qsize"),
        (
            say("{file}:{line} relies on `qsize()`: items may still be on their way, or be taken by somebody else."),
            say("The program relied on `qsize()`: items may still be on their way, or be taken by somebody else."),
        ),
        sure=evidence.has("qsize-trusted"),
        likely=(evidence.is_wrong_value or evidence.is_stuck) and not evidence.steps,
    )


RULE = Rule(
    code="qsize-trusted",
    title=say("qsize() is out of date at once"),
    next_step=say("Count what you put, or send an end mark; do not ask the queue how long it is."),
    find=find,
    instead_of=("lost-item",),
)
