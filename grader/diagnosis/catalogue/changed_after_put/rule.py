"""An object was changed after it had been put, before it was written into the pipe."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a wrong value came, and what was put is changed afterwards."""
    return point_at(
        evidence,
        queue_habits.changes_after_put(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} changes an object that was put into a queue before; it is pickled later, by another "
                "thread, maybe after the change."
            ),
            say("An object was changed after it had been put; what arrives is what it was when it was pickled, later."),
        ),
        sure=evidence.has("changed-after-put"),
        likely=evidence.is_wrong_value and not evidence.steps,
    )


RULE = Rule(
    code="changed-after-put",
    title=say("Changed after it was put"),
    next_step=say("Put a fresh object each time, or a copy: `queue.put(list(batch))`."),
    find=find,
)
