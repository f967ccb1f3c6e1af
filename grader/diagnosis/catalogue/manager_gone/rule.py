"""A proxy was used after its manager had ended."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a manager is used, and its server did not answer."""
    return point_at(
        evidence,
        evidence.calls("Manager", "SyncManager"),
        (
            say("A proxy of the manager made at {file}:{line} was used after that had ended."),
            say("A proxy was used after its manager had ended."),
        ),
        sure=evidence.has("manager-gone")
        or (
            bool(evidence.calls("Manager"))
            and evidence.says("ConnectionRefusedError", "FileNotFoundError", "BrokenPipeError")
        ),
    )


RULE = Rule(
    code="manager-gone",
    title=say("The manager had ended"),
    next_step=say(
        "Copy what you need (`dict(shared)`) before the manager ends, and keep it alive as long as anybody "
        "uses a proxy."
    ),
    find=find,
    instead_of=("child-died", "peer-gone"),
)
