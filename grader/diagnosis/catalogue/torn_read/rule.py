"""Several values were read while others were changing them: together they were never true."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """Only the author knows which values belong together."""
    return point_at(
        evidence,
        evidence.calls("acquire", "sum"),
        (
            say(
                "The values were read one after the other (look at {file}:{line}), and somebody changed some of "
                "them in between."
            ),
            say("The values were read one after the other, and somebody changed some of them in between."),
        ),
        sure=evidence.has("torn-read"),
    )


RULE = Rule(
    code="torn-read",
    title=say("Read in the middle of a change"),
    next_step=say(
        "Hold all locks at the same time while you read: take them all, in the fixed order, then read, then release."
    ),
    find=find,
    instead_of=("lost-update",),
)
