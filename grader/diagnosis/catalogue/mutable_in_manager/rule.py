"""A list inside a managed dict was changed, and the change stayed in a copy."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a value is wrong, and something inside a container is changed in place."""
    return point_at(
        evidence,
        waiting_habits.changes_inside_proxy(evidence.source, evidence.functions),
        (
            say("{file}:{line} changes what the proxy has sent, which is a copy; the manager never learns of it."),
            say("What the proxy had sent, a copy, was changed; the manager never learns of it."),
        ),
        sure=evidence.has("mutable-in-manager"),
        likely=evidence.is_wrong_value,
    )


RULE = Rule(
    code="mutable-in-manager",
    title=say("Changed a copy of what is in the manager"),
    next_step=say(
        "Take the value out, change it, and assign it again: `items = d[k]; items.append(x); d[k] = "
        "items`, with the lock held."
    ),
    find=find,
    instead_of=("lost-item",),
)
