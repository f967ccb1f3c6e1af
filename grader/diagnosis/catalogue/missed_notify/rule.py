"""Somebody was notified before anybody waited, and the wake-up is lost."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or nothing moves any more, and a condition is waited for without asking first."""
    return point_at(
        evidence,
        waiting_habits.waits_without_loop(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} waits without asking whether it has happened already: a notify that came before "
                "wakes nobody."
            ),
            say("A notify came before anybody waited, and a condition remembers nothing."),
        ),
        sure=evidence.has("missed-notify"),
        likely=evidence.is_stuck,
    )


RULE = Rule(
    code="missed-notify",
    title=say("The wake-up came before the wait"),
    next_step=say("Keep the fact in a variable, and wait `while not fact` with the condition held."),
    find=find,
)
