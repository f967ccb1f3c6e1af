"""An item was acknowledged before the work on it was done."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """Only the author can know when it was done."""
    return point_at(
        evidence,
        evidence.calls("task_done"),
        (
            say(
                "{file}:{line} acknowledges the item while its result is still to come, so `join()` returns too early."
            ),
            say("An item was acknowledged while its result was still to come, so `join()` returned too early."),
        ),
        sure=evidence.has("task-done-too-early"),
    )


RULE = Rule(
    code="task-done-too-early",
    title=say("Acknowledged before it was done"),
    next_step=say("Call `task_done()` after the result was put, not before."),
    find=find,
)
