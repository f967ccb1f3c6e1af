"""Both sides sent without receiving, until the pipe was full."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and everything is sent before anything is received."""
    return point_at(
        evidence,
        waiting_habits.sends_all_before_receiving(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} sends everything before the first reply is received; when both directions of the "
                "pipe are full, both sides wait in `send`."
            ),
            say("Both sides sent before they received; when the pipe was full, both waited in `send`."),
        ),
        sure=evidence.has("send-before-receive"),
        likely=evidence.is_stuck or evidence.has("deadline"),
    )


RULE = Rule(
    code="send-before-receive",
    title=say("Everybody sends, nobody receives"),
    next_step=say("Receive the reply to each request before you send the next."),
    find=find,
    instead_of=("pipe-end-open",),
)
