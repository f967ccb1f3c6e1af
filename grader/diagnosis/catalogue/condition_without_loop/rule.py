"""After `wait()` the condition was taken for true without asking again."""

from __future__ import annotations

from grader.diagnosis import waiting_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a wrong value came, and a wait is not repeated."""
    return point_at(
        evidence,
        waiting_habits.waits_without_loop(evidence.source, evidence.functions),
        (
            say("{file}:{line} goes on after `wait()` without asking again; somebody else may have been quicker."),
            say("After `wait()` nobody asked again; somebody else may have been quicker."),
        ),
        sure=evidence.has("condition-without-loop"),
        likely=evidence.is_wrong_value,
    )


RULE = Rule(
    code="condition-without-loop",
    title=say("wait() without a loop around it"),
    next_step=say("Use `while not predicate(): condition.wait()`, or `wait_for(predicate)`."),
    find=find,
)
