"""A global variable was changed in a process, and read in another one."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say

STARTS = ("start", "fork", "Pool", "ProcessPoolExecutor")


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a wrong value came, and a program with processes changes variables of the module."""
    return point_at(
        evidence,
        process_habits.changes_globals(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} changes a variable of the module: in a child that is the child's own copy, and "
                "nobody else sees it."
            ),
            say("A process changed a variable of the module: that is its own copy, and nobody else sees it."),
        ),
        sure=evidence.has("plain-global-not-shared"),
        likely=evidence.is_wrong_value and not evidence.steps and bool(evidence.calls(*STARTS)),
    )


RULE = Rule(
    code="plain-global-not-shared",
    title=say("A global variable is not shared"),
    next_step=say(
        "Send the result through a queue or a pipe, or keep it in a `Value`, an `Array` or a manager's dict."
    ),
    find=find,
    instead_of=("lost-item",),
)
