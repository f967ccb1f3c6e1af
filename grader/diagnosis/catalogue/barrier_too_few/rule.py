"""Fewer came to a barrier than it waits for."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the barrier was broken, or nothing moves any more at a barrier."""
    return point_at(
        evidence,
        evidence.calls("Barrier"),
        (
            say(
                "The barrier made at {file}:{line} waits for more than came; those who came wait for ever, or find "
                "it broken."
            ),
            say("A barrier waits for more than came; those who came wait for ever, or find it broken."),
        ),
        sure=evidence.has("barrier-too-few") or evidence.says("BrokenBarrierError"),
        likely=evidence.is_stuck,
    )


RULE = Rule(
    code="barrier-too-few",
    title=say("Not all came to the barrier"),
    next_step=say("Make the barrier for exactly those who call `wait()`, and call `abort()` when one of them fails."),
    find=find,
)
