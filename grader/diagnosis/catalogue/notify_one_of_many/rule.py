"""One was woken where all should go on."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and `notify()` wakes one only."""
    return point_at(
        evidence,
        evidence.calls("notify"),
        (
            say("{file}:{line} wakes one of those who wait; the others wait for ever, or the wrong one was woken."),
            say("One of those who wait was woken; the others wait for ever."),
        ),
        sure=evidence.has("notify-one-of-many"),
        likely=evidence.is_stuck,
    )


RULE = Rule(
    code="notify-one-of-many",
    title=say("Only one was woken"),
    next_step=say("Call `notify_all()` when what has changed concerns all who wait."),
    find=find,
)
