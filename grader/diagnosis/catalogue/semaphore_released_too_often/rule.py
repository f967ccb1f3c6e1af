"""A permit was given back that had never been got."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or the library said so, or too many ran, and a release does not depend on the acquire."""
    return point_at(
        evidence,
        waiting_habits.releases_without_having(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} releases even when the permit was not got: after that there is one more than there "
                "should be."
            ),
            say("A permit was given back that had not been got: after that there is one more than there should be."),
        ),
        sure=evidence.has("semaphore-released-too-often") or evidence.says("semaphore or lock released too many times"),
        likely=evidence.has("too-many-at-once", "too-many"),
    )


RULE = Rule(
    code="semaphore-released-too-often",
    title=say("Released without having it"),
    next_step=say("Put the `acquire` before the `try`, and release only if it returned True."),
    find=find,
    instead_of=("too-many-at-once", "child-died"),
)
