"""Work went on although its time was over and it should have been stopped."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The suite saw calls that went on."""
    return point_at(
        evidence,
        evidence.calls("terminate", "close", "shutdown", "cancel", "kill"),
        (
            say("{file}:{line} should have ended the work, but a call still went on afterwards."),
            say("The time was over, but a call still went on."),
        ),
        sure=evidence.has("goes-on-after-the-time"),
    )


RULE = Rule(
    code="goes-on-after-the-time",
    title=say("It goes on after its time"),
    next_step=say("Stop what is unfinished: `pool.terminate()` and `pool.join()`; `close()` lets it go on."),
    find=find,
)
