"""A connection that belongs to somebody else was closed."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or it was used after it was closed."""
    return point_at(
        evidence,
        evidence.calls("close"),
        (
            say("{file}:{line} closes something that is still needed."),
            say("Something was closed that is still needed."),
        ),
        sure=evidence.has("closed-not-yours") or evidence.says("handle is closed"),
    )


RULE = Rule(
    code="closed-not-yours",
    title=say("Closed what belongs to somebody else"),
    next_step=say("Close what you have opened; leave open what was handed in, unless the contract says otherwise."),
    find=find,
)
