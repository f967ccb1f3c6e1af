"""A condition was used without holding it, or a lock was released by one that does not hold it."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the library said so."""
    return point_at(
        evidence,
        evidence.calls("notify", "notify_all", "wait", "wait_for", "release"),
        (
            say("{file}:{line} needs the lock of the condition, and it was not held."),
            say("The lock of the condition was not held."),
        ),
        sure=evidence.has("notify-without-lock")
        or evidence.says(
            "must acquire() condition", "lock is not owned", "attempt to release recursive lock not owned by thread"
        ),
    )


RULE = Rule(
    code="notify-without-lock",
    title=say("The condition was not held"),
    next_step=say("Put `wait`, `notify` and the change they are about into `with condition:`."),
    find=find,
    instead_of=("child-died",),
)
