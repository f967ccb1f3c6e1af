"""A time limit was given in the place of `block`."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.attempt import Outcome
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or it waited wrongly, and a number stands where `block` belongs."""
    return point_at(
        evidence,
        queue_habits.limits_given_as_flag(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} gives the limit as first free argument, which is `block`: the call waits for ever "
                "(or, for 0, not at all)."
            ),
            say("The limit was given in the place of `block`, so it limits nothing."),
        ),
        sure=evidence.has("timeout-as-flag"),
        likely=evidence.is_stuck
        or evidence.ended(Outcome.TIMEOUT)
        or evidence.has("waited-too-long", "waited-too-short", "raised", "deadline"),
    )


RULE = Rule(
    code="timeout-as-flag",
    title=say("The limit stands in the place of `block`"),
    next_step=say("Give the limit by name: `get(timeout=seconds)`, `put(item, timeout=seconds)`."),
    find=find,
    instead_of=("timeout-ignored", "gives-up-early"),
)
