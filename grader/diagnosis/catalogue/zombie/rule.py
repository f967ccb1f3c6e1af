"""A process has ended, and nobody has waited for it."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; what is only seen to be left behind is told by `child-left-behind`."""
    return point_at(
        evidence,
        evidence.calls("start", "fork"),
        (
            say(
                "The process started at {file}:{line} has ended, but nobody has called `join()`: it stays in the "
                "process table."
            ),
            say("A process has ended, but nobody has called `join()`: it stays in the process table."),
        ),
        sure=evidence.has("zombie"),
    )


RULE = Rule(
    code="zombie",
    title=say("A process ended and was not reaped"),
    next_step=say("Call `join()` for every process, also after `terminate()` and `kill()`."),
    find=find,
    instead_of=("child-left-behind",),
)
