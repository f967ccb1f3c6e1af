"""More items were acknowledged than were taken."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the library said so."""
    lines = evidence.calls("task_done")
    plain = say("`task_done()` was called more often than items had been taken.")
    # Of several calls, the one that raises need not be the one too many.
    named = say("{file}:{line} acknowledges an item that was acknowledged already, or that was never taken.")
    return point_at(
        evidence,
        lines,
        (named if len(lines) == 1 else plain, plain),
        sure=evidence.has("task-done-too-often") or evidence.says("task_done() called too many times"),
    )


RULE = Rule(
    code="task-done-too-often",
    title=say("More acknowledged than taken"),
    next_step=say("Call `task_done()` exactly once for each `get()` that gave something."),
    find=find,
    instead_of=("child-died",),
)
